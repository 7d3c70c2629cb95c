import type { View } from './app';

/** The name of a party in the reader's language; its id where it has none. */
export function partyName({ dataset, words }: View, id: string): string {
  return words.name(dataset.parties.find((party) => party.id === id)?.name, id);
}

/** The name of a reading. */
export function readingName({ dataset, words }: View, id: string): string {
  return words.name(dataset.bases.find((basis) => basis.id === id)?.name, id);
}

/** The name of a territory or district. */
export function placeName({ dataset, words }: View, id: string): string {
  return words.name(dataset.territories.find((place) => place.id === id)?.name, id);
}
