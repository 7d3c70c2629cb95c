import type { View } from '../app';

const columns = ['as_of', 'of', 'name', 'basis', 'party', 'measures', 'evidence', 'percent', 'percent_low', 'percent_high', 'held_km2', 'territory_km2', 'snapshot'] as const;

/** All places of the day under all readings as CSV (RFC 4180): the figures as the API has them, names in the language of the page. */
export function tableOf({ shares, dataset, words }: View): string {
  const rows = (shares?.shares ?? []).map((share) => {
    const value: Record<(typeof columns)[number], string | number | undefined> = {
      ...share,
      measures: share.measures,
      name: words.name(dataset.territories.find((place) => place.id === share.of)?.name, share.of),
      evidence: share.evidence?.newest,
      percent_low: share.uncertainty?.percent_low,
      percent_high: share.uncertainty?.percent_high,
    };
    return columns.map((column) => field(value[column])).join(',');
  });
  return [columns.join(','), ...rows, ''].join('\r\n');
}

// A text that a spreadsheet would take for a formula is kept one by an apostrophe before it.
function field(value: string | number | undefined): string {
  const text = value === undefined ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+@-]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
