/**
 * Just enough of the ONNX format (a protobuf, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto) to
 * write down a small network.
 */

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly weights: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  /** Integer attributes, single or lists. */
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

export interface OnnxValue {
  readonly name: string;
  readonly type: 'float' | 'int64';
  /** Numbers are fixed, names vary. */
  readonly shape: ReadonlyArray<number | string>;
}

const FLOAT = 1;
const INT64 = 7;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;
const IR_VERSION = 8;
const OPSET = 17;

type Bytes = readonly number[] | Uint8Array;

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return bytes;
}

const integer = (field: number, value: number): Bytes => [...varint(field << 3), ...varint(value)];

function bytes(field: number, ...content: readonly Bytes[]): Uint8Array {
  const body = Buffer.concat(content.map((part) => Uint8Array.from(part)));
  return Buffer.concat([
    Uint8Array.from([...varint((field << 3) | 2), ...varint(body.length)]),
    body,
  ]);
}

const text = (field: number, value: string): Uint8Array => bytes(field, Buffer.from(value, 'utf8'));

function node({ op, inputs, output, attributes = {} }: OnnxNode): Uint8Array {
  return bytes(
    1,
    ...inputs.map((input) => text(1, input)),
    text(2, output),
    text(4, op),
    ...Object.entries(attributes).map(([name, value]) => attribute(name, value)),
  );
}

function attribute(name: string, value: number | readonly number[]): Uint8Array {
  return typeof value === 'number'
    ? bytes(5, text(1, name), integer(20, ATTRIBUTE_INT), integer(3, value))
    : bytes(5, text(1, name), integer(20, ATTRIBUTE_INTS), ...value.map((one) => integer(8, one)));
}

function tensor({ name, shape, data }: OnnxTensor): Uint8Array {
  const type = data instanceof Float32Array ? FLOAT : INT64;
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return bytes(
    5,
    ...shape.map((size) => integer(1, size)),
    integer(2, type),
    text(8, name),
    bytes(9, raw),
  );
}

function value(field: number, { name, type, shape }: OnnxValue): Uint8Array {
  const dimensions = shape.map((size) =>
    bytes(1, typeof size === 'number' ? integer(1, size) : text(2, size)),
  );
  const elements = integer(1, type === 'float' ? FLOAT : INT64);
  return bytes(field, text(1, name), bytes(2, bytes(1, elements, bytes(2, ...dimensions))));
}

/** The bytes of an `.onnx` file. */
export function onnxFile({ nodes, weights, inputs, outputs }: OnnxGraph): Uint8Array {
  return Buffer.concat([
    Uint8Array.from(integer(1, IR_VERSION)),
    bytes(
      7,
      ...nodes.map(node),
      text(2, 'graph'),
      ...weights.map(tensor),
      ...inputs.map((input) => value(11, input)),
      ...outputs.map((output) => value(12, output)),
    ),
    bytes(8, text(1, ''), integer(2, OPSET)),
  ]);
}
