"""Step 4: the trained vectors as a model that the transformers packages load: 8 bits a number, one scale
a piece with its weight folded in, pooling and normalisation inside the graph."""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from texts import HERE, WORK
from vocabulary import Tokenizer, tokenizer_json

LONGEST = 1024


def graph_of(table, scales):
    """ids, mask → last_hidden_state [batch, 1, dimensions].

    A piece that occurs n times counts √n: each occurrence is divided by √n.
    """
    nodes = [
        helper.make_node("Unsqueeze", ["input_ids", "two"], ["down"]),
        helper.make_node("Unsqueeze", ["input_ids", "one"], ["across"]),
        helper.make_node("Equal", ["down", "across"], ["same"]),
        helper.make_node("Cast", ["same"], ["same_f"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["same_f", "two"], ["counts"], keepdims=0),
        helper.make_node("Sqrt", ["counts"], ["roots"]),
        helper.make_node("Gather", ["scales", "input_ids"], ["scale"], axis=0),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["scale", "mask"], ["masked"]),
        helper.make_node("Div", ["masked", "roots"], ["weight"]),
        helper.make_node("Unsqueeze", ["weight", "one"], ["weights"]),
        helper.make_node("Gather", ["table", "input_ids"], ["rows"], axis=0),
        helper.make_node("Cast", ["rows"], ["rows_f"], to=TensorProto.FLOAT),
        helper.make_node("MatMul", ["weights", "rows_f"], ["sum"]),
        helper.make_node("ReduceL2", ["sum"], ["norm"], axes=[2], keepdims=1),
        helper.make_node("Add", ["norm", "tiny"], ["safe"]),
        helper.make_node("Div", ["sum", "safe"], ["last_hidden_state"]),
    ]
    constants = {
        "table": table,
        "scales": scales,
        "one": np.array([1], np.int64),
        "two": np.array([2], np.int64),
        "tiny": np.array(1e-12, np.float32),
    }
    shape = ["batch", "length"]
    return helper.make_graph(
        nodes,
        "static",
        [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in ("input_ids", "attention_mask")],
        [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", 1, table.shape[1]])],
        [numpy_helper.from_array(array, name) for name, array in constants.items()],
    )


def write_json(path, value, **options):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, **options) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--name", default="model")
    parser.add_argument("--out", type=Path, default=HERE.parent / "models" / "yuanwen-news-v2")
    options = parser.parse_args()
    state = torch.load(WORK / f"{options.name}.pt")
    vectors, weights = state["average"] or (state["vectors"], state["weights"])
    vectors = np.vstack([vectors.detach().numpy(), np.zeros((1, vectors.shape[1]), np.float32)])
    weights = np.append(np.exp(weights.detach().numpy()), 0).astype(np.float32)
    top = np.maximum(np.abs(vectors).max(axis=1), 1e-12)
    table = np.round(vectors / top[:, None] * 127).astype(np.int8)
    model = helper.make_model(
        graph_of(table, (top / 127 * weights).astype(np.float32)),
        opset_imports=[helper.make_opsetid("", 13)],
        producer_name="yuanwen",
        ir_version=8,
    )
    onnx.checker.check_model(model)
    out, dimensions, pad = options.out, vectors.shape[1], len(vectors) - 1
    (out / "onnx").mkdir(parents=True, exist_ok=True)
    onnx.save(model, out / "onnx" / "model_quantized.onnx")
    write_json(out / "tokenizer.json", tokenizer_json(Tokenizer()), separators=(",", ":"))
    write_json(
        out / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast", "unk_token": "<unk>", "pad_token": "<pad>",
            "bos_token": "<s>", "eos_token": "</s>", "model_max_length": LONGEST,
        },
        indent=2,
    )  # fmt: skip
    write_json(
        out / "config.json",
        {
            "architectures": ["BertModel"], "model_type": "bert", "hidden_size": dimensions,
            "vocab_size": len(vectors), "pad_token_id": pad, "max_position_embeddings": LONGEST,
        },
        indent=2,
    )  # fmt: skip
    write_json(
        out / "modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        ],
        indent=2,
    )
    write_json(
        out / "1_Pooling" / "config.json",
        {"word_embedding_dimension": dimensions, "pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False},
        indent=2,
    )
    write_json(
        out / "config_sentence_transformers.json",
        {"similarity_fn_name": "cosine", "prompts": {"query": "", "document": ""}, "yuanwen": {"fold": True, "words": True}},
        indent=2,
    )
    write_json(out / "sentence_bert_config.json", {"max_seq_length": LONGEST, "do_lower_case": False}, indent=2)


if __name__ == "__main__":
    main()
