import type { LayerAmounts, LayerTally, ThingTallies } from '../api';
import type { Amounts, Measure, Tally, Totals } from './answer';

/** A layer of the dataset's own things as a tally: what it counts is its only measure, and its things are not told one by one. */
export function tallyOf(answer: ThingTallies): Tally {
  const layer = answer.layers[0]!;
  const { counts } = layer;
  const { of, party, basis, as_of, within_m } = answer;
  return {
    located: [],
    layer,
    of, party, basis, as_of, within_m,
    things: layer.things,
    without_shape: 0,
    without_weight: 0,
    ...(layer.by && { by: layer.by }),
    readings: layer.readings.map((one) => ({
      ...one,
      total: totalsOf(counts, one.total),
      districts: one.districts.map((part) => ({ id: part.id, ...totalsOf(counts, part) })),
      groups: one.groups.map((part) => ({ id: part.id, ...totalsOf(counts, part) })),
    })),
  };
}

function totalsOf(counts: LayerTally['counts'], a: LayerAmounts): Totals {
  const one = (value: number) => amounts(counts, value);
  return {
    all: one(a.all),
    held: { low: one(a.held_low), value: one(a.held), high: one(a.held_high) },
    free: { low: one(a.free_low), value: one(a.free), high: one(a.free_high) },
    outside: one(a.outside),
    near_held: one(a.near_held),
    near_free: one(a.near_free),
  };
}

function amounts(counts: Measure, value: number): Amounts {
  return { number: 0, km: 0, km2: 0, weight: 0, [counts]: value };
}
