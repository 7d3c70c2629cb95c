import type en from '../../../data/words/en.json';
import languages from '../../../data/words/languages.json';
import type { Names } from './api';
import { textsOf, type Texts } from './learn';

/** Keys of a file of words whose text is a phrase. */
export type PhraseOf<T> = { [K in keyof T]: T[K] extends string ? K : never }[keyof T] & string;
/** Keys of a file of words whose text has plural forms. */
export type PluralOf<T> = { [K in keyof T]: T[K] extends { other: string } ? K : never }[keyof T] & string;

/** One of data/words/languages.json. */
export type Lang = string;
export type Key = PhraseOf<typeof en>;

export const langs: readonly Lang[] = languages.map(({ lang }) => lang);

/** Each language's own name for itself. */
export function langName(lang: Lang): string {
  return languageOf(lang).name;
}

export function isLang(text: string): boolean {
  return langs.includes(text);
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

function languageOf(lang: Lang): (typeof languages)[number] {
  return languages.find((one) => one.lang === lang)!;
}

/** The phrases of the page or of a part of it in one language, which has to be learnt. */
export class Phrases<T> {
  private readonly texts: Texts;
  private readonly plural: Intl.PluralRules;

  constructor(
    part: string,
    readonly lang: Lang,
  ) {
    this.texts = textsOf(part, lang);
    this.plural = new Intl.PluralRules(lang);
  }

  /** A phrase with its {gaps} filled by texts. */
  say(key: PhraseOf<T>, gaps: Readonly<Record<string, string>> = {}): string {
    return filled(this.texts[key] as string, gaps);
  }

  /** A phrase in the plural form for so many, with its {gaps} filled: {n} is how many in figures. */
  count(key: PluralOf<T>, count: number, gaps: Readonly<Record<string, string>> & { n: string }): string {
    const forms = this.texts[key] as Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
    return filled(forms[this.plural.select(count)] ?? forms.other, gaps);
  }

  /** A phrase with its {gaps} filled by nodes, so that each keeps its own direction. */
  rich(key: PhraseOf<T>, gaps: Readonly<Record<string, Node | string>>): DocumentFragment {
    const made = document.createDocumentFragment();
    for (const piece of (this.texts[key] as string).split(/(\{\w+\})/)) {
      const gap = /^\{(\w+)\}$/.exec(piece)?.[1];
      const filler = gap === undefined ? piece : gaps[gap];
      if (filler !== undefined) made.append(filler);
    }
    return made;
  }
}

function filled(text: string, gaps: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => gaps[name] ?? whole);
}

/** Words says things in one language. */
export class Words extends Phrases<typeof en> {
  readonly dir: 'ltr' | 'rtl';
  private readonly locale: string;
  /** as a date has them */
  private readonly months: readonly string[];
  /** making a formatter takes longer than all else that a row of a table needs */
  private readonly formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.ListFormat>();

  constructor(lang: Lang) {
    super('page', lang);
    const { dir, locale } = languageOf(lang);
    this.dir = dir as 'ltr' | 'rtl';
    this.locale = locale;
    this.months = textsOf('page', lang).months as readonly string[];
  }

  /** A name in this language, else in English, else in any, else the given fallback. */
  name(names: Names | null | undefined, fallback = ''): string {
    return names?.[this.lang] || names?.en || Object.values(names ?? {}).find(Boolean) || fallback;
  }

  /** A day in words: 20 January 2026. */
  date(day: string): string {
    const [year, month, date] = day.split('-').map(Number);
    return this.say('date', { day: String(date), month: this.months[month! - 1]!, year: String(year) });
  }

  /** The month of a day in words: January 2026. */
  wholeMonth(day: string): string {
    const date = new Date(`${day}T00:00:00Z`);
    return this.say('month_year', { month: this.dates({ month: 'long', timeZone: 'UTC' }).format(date), year: String(date.getUTCFullYear()) });
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
    return this.say('percent', { n: this.number(value, digits) });
  }

  /** 51.3–55.0%, or 53% where both ends are one. Decimals go from fewest to most. */
  range(low: number, high: number, fewest = 1, most = fewest): string {
    const format = this.numbers({ minimumFractionDigits: fewest, maximumFractionDigits: most });
    return this.say('percent', { n: low === high ? format.format(low) : `${format.format(low)}–${format.format(high)}` });
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
