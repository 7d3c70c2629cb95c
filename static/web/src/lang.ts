import ar from './lang/ar.json';
import en from './lang/en.json';
import he from './lang/he.json';
import type { Names } from './api';

export type Lang = 'en' | 'ar' | 'he';
export type Key = keyof typeof en;

// A key missing from a language is a compile error here.
const texts: Record<Lang, Record<Key, string>> = { en, ar, he };

export const langs: readonly Lang[] = ['en', 'ar', 'he'];

/** Each language's own name for itself. */
export const langNames: Record<Lang, string> = { en: 'English', ar: 'العربية', he: 'עברית' };

export function isLang(text: string): text is Lang {
  return (langs as readonly string[]).includes(text);
}

/** The first of the reader's languages that the page speaks, else English. */
export function preferredLang(wanted: readonly string[]): Lang {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split('-')[0] ?? '';
    if (isLang(base)) return base;
    if (base === 'iw') return 'he';
  }
  return 'en';
}

export function direction(lang: Lang): 'ltr' | 'rtl' {
  return lang === 'en' ? 'ltr' : 'rtl';
}

/** The phrases of a part of the page in one language. Parts that are fetched when they are wanted bring their own. */
export class Phrases<K extends string> {
  constructor(
    readonly lang: Lang,
    private readonly texts: Readonly<Record<Lang, Readonly<Record<K, string>>>>,
  ) {}

  /** A phrase with its {gaps} filled by texts. */
  say(key: K, gaps: Readonly<Record<string, string>> = {}): string {
    return this.texts[this.lang][key].replace(/\{(\w+)\}/g, (whole, name: string) => gaps[name] ?? whole);
  }

  /** A phrase with its {gaps} filled by nodes, so that each keeps its own direction. */
  rich(key: K, gaps: Readonly<Record<string, Node | string>>): DocumentFragment {
    const made = document.createDocumentFragment();
    for (const piece of this.texts[this.lang][key].split(/(\{\w+\})/)) {
      const gap = /^\{(\w+)\}$/.exec(piece)?.[1];
      const filler = gap === undefined ? piece : gaps[gap];
      if (filler !== undefined) made.append(filler);
    }
    return made;
  }
}

/** Words says things in one language. */
export class Words extends Phrases<Key> {
  readonly dir: 'ltr' | 'rtl';
  private readonly locale: string;
  /** making a formatter takes longer than all else that a row of a table needs */
  private readonly formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.ListFormat>();

  constructor(lang: Lang) {
    super(lang, texts);
    this.dir = direction(lang);
    // Western digits throughout: the figures are compared with sources that print them so.
    this.locale = { en: 'en-GB', ar: 'ar-u-nu-latn', he: 'he' }[lang];
  }

  /** A name in this language, else in English, else in any, else the given fallback. */
  name(names: Names | null | undefined, fallback = ''): string {
    return names?.[this.lang] || names?.en || Object.values(names ?? {}).find(Boolean) || fallback;
  }

  /** A day in words: 20 January 2026. */
  date(day: string): string {
    return this.dates({ dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
  }

  /** The month of a day in words: January 2026. */
  wholeMonth(day: string): string {
    return this.dates({ month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
  }

  number(value: number, digits: number): string {
    return this.numbers({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  }

  /** A number with the decimals that it has, three at most. */
  amount(value: number): string {
    return this.numbers({ maximumFractionDigits: 3 }).format(value);
  }

  /** 53.1% */
  percent(value: number, digits = 1): string {
    return `${this.number(value, digits)}%`;
  }

  /** 51.3–55.0%, or 53% where both ends are one. Decimals go from fewest to most. */
  range(low: number, high: number, fewest = 1, most = fewest): string {
    const format = this.numbers({ minimumFractionDigits: fewest, maximumFractionDigits: most });
    return low === high ? `${format.format(low)}%` : `${format.format(low)}–${format.format(high)}%`;
  }

  /** A signed difference of one decimal: +1.5, −0.2 or 0.0. */
  points(value: number): string {
    const rounded = Math.round(value * 10) / 10;
    const sign = rounded > 0 ? '+' : rounded < 0 ? '−' : '';
    return `${sign}${this.number(Math.abs(rounded), 1)}`;
  }

  /** A month on an axis: Jan 2026. */
  month(day: Date): string {
    return this.dates({ month: 'short', year: 'numeric', timeZone: 'UTC' }).format(day);
  }

  /** A length: 12.3 km, and below one kilometre 850 m. */
  km(km: number): string {
    const isShort = km < 1;
    return this.numbers({
      style: 'unit', unit: isShort ? 'meter' : 'kilometer', maximumFractionDigits: isShort ? 0 : 2,
    }).format(isShort ? km * 1000 : km);
  }

  /** A length of time in days, in the right plural. */
  days(count: number): string {
    return this.numbers({ style: 'unit', unit: 'day', unitDisplay: 'long' }).format(count);
  }

  private numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    return this.format(`n ${JSON.stringify(options)}`, () => new Intl.NumberFormat(this.locale, options));
  }

  private dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return this.format(`d ${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(this.locale, options));
  }

  private format<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.ListFormat>(key: string, make: () => T): T {
    const known = this.formats.get(key) as T | undefined;
    if (known) return known;
    const made = make();
    this.formats.set(key, made);
    return made;
  }

  /** A, B and C */
  list(names: readonly string[]): string {
    return this.format('l', () => new Intl.ListFormat(this.locale, { type: 'conjunction' })).format(names);
  }

  compare(a: string, b: string): number {
    return a.localeCompare(b, this.lang);
  }
}
