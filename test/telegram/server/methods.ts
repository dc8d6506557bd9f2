import type { Parameters } from './parameters.ts';
import { editingMethods } from './methods-editing.ts';
import { queryMethods } from './methods-queries.ts';
import { roomMethods } from './methods-rooms.ts';
import { sampleOf } from './sample.ts';
import { schema } from './schema.ts';
import { sendingMethods } from './methods-sending.ts';
import { settingMethods } from './methods-settings.ts';
import type { World } from './world.ts';

/** Carries out a call whose parameters have the right types. */
export type Method = (world: World, parameters: Parameters) => unknown;

const simulated: Readonly<Record<string, Method>> = {
  ...sendingMethods,
  ...editingMethods,
  ...queryMethods,
  ...roomMethods,
  ...settingMethods,
};

/**
 * Carries out a call. A method that is not simulated answers with a value of the right type.
 * @throws Refusal
 */
export function carryOut(world: World, method: string, parameters: Parameters): unknown {
  const simulation = simulated[method];
  if (simulation !== undefined) return simulation(world, parameters);
  if (parameters.fields['chat_id'] !== undefined) world.writableRoom(parameters.fields['chat_id']);
  return sampleOf(schema.methods[method]?.returns ?? 'Boolean');
}
