/** Of a probability; finite for 0 and 1. */
export function logOdds(probability: number): number {
  return Math.log(Math.max(probability, 1e-6) / Math.max(1 - probability, 1e-6));
}
