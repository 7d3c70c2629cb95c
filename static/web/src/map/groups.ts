/** What the legend switches on and off together. */
export type Group = 'zones' | 'uncounted' | 'lines' | 'districts' | 'places' | 'background' | 'changes';

export const groups: readonly Group[] = ['zones', 'uncounted', 'lines', 'districts', 'places', 'background', 'changes'];
