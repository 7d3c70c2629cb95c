import type { Names } from './api';
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

/** The names in the properties name_en, name_ar and so on of a feature, by language. */
export function namesOf(properties: Readonly<Record<string, unknown>> | null): Names {
  const named = Object.entries(properties ?? {}).filter((entry): entry is [string, string] => entry[0].startsWith('name_') && typeof entry[1] === 'string' && entry[1] !== '');
  return Object.fromEntries(named.map(([key, name]) => [key.slice('name_'.length), name]));
}

/** With a capital letter, where a script has them. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
