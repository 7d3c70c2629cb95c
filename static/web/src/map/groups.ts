/** What the legend switches on and off together. */
export type Group = 'zones' | 'restricted' | 'disputed' | 'lines' | 'districts' | 'places';

export const groups: readonly Group[] = ['zones', 'restricted', 'disputed', 'lines', 'districts', 'places'];
