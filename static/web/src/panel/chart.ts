import { scaleLinear, scaleUtc, type ScaleLinear } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import { Problem, type Claim, type Row, type Series } from '../api';
import type { App, View } from '../app';
import { el, link, ltr, svg } from '../dom';
import { shortOf } from '../evidence';
import { areaOf, percentOf } from '../figures';
import { placeName } from '../names';
import { failureNotice } from '../notice';
import type { Section } from './panel';

/** The figure over time with its band, and published figures as dots; the same as a table for those who do not see it. */
export function chart(app: App, { words, dataset }: View): Section {
  const picture = el('div', { class: 'chart', dir: 'ltr' });
  const key = el('p', { class: 'quiet chart-key' });
  const failed = el('div', { hidden: true });
  const body = el('tbody');
  const download = el('a', {}, words.say('series_csv'));
  let view: View | null = null;
  let listed: unknown = null;

  // Drawn anew where what it shows or the room for it are others. For another day only the mark of the day moves.
  let width = 0;
  let pictured: Pictured | null = null;
  const draw = () => {
    if (!view?.series || view.series instanceof Problem || width === 0) return;
    if (pictured?.isOf(view)) return pictured.mark(view);
    pictured = drawn(view, view.series, width);
    picture.replaceChildren(pictured.element);
  };
  new ResizeObserver(() => {
    if (width === picture.clientWidth) return;
    width = picture.clientWidth;
    pictured = null;
    draw();
  }).observe(picture);

  const head = (text: string) => el('th', { scope: 'col', class: 'amount' }, text);
  const measured = head('');
  return {
    needs: 'series',
    element: el(
      'section',
      { class: 'over-time' },
      el('h2', { id: 'chart-title' }, words.say('over_time')),
      failed,
      picture,
      key,
      el(
        'details',
        {},
        el('summary', {}, words.say('as_table')),
        el(
          'table',
          { 'aria-labelledby': 'chart-title' },
          el('thead', {}, el('tr', {}, el('th', { scope: 'col', class: 'text' }, words.say('from_day')), measured, head(words.say('band_short')), head('km²'))),
          body,
        ),
        el('p', {}, download),
      ),
    ),
    update(next) {
      view = next;
      const { series, of, basis } = next;
      const isFailure = series instanceof Problem;
      failed.hidden = !isFailure;
      picture.hidden = key.hidden = isFailure;
      if (isFailure) return failed.replaceChildren(failureNotice(words, series, () => app.loadBeside()));
      download.setAttribute('href', `v1/${dataset.id}/series.csv?${new URLSearchParams({ of, basis }).toString()}`);
      measured.textContent = shortOf(view, dataset.bases.find((basis) => basis.id === next.basis)?.measures);
      draw();
      if (listed === series) return;
      listed = series;
      body.replaceChildren(...series!.rows.map((row) => tableRow(next, row)));
      const breaks = series!.rows.some((row) => row.method_break);
      key.replaceChildren(
        sample(words.say('key_line'), svg('rect', { x: 1, y: 3, width: 22, height: 10, class: 'chart-band' }), svg('path', { d: 'M1 8h22', class: 'chart-line' })),
        sample(words.say('key_claim'), svg('circle', { cx: 12, cy: 8, r: 4.5, class: 'chart-dot' })),
        sample(words.say('key_other'), svg('circle', { cx: 12, cy: 8, r: 4.5, class: 'chart-dot other' })),
        ...(breaks ? [sample(words.say('key_break'), svg('path', { d: 'M12 1v14', class: 'chart-break' }))] : []),
      );
    },
  };
}

const height = 190;
export const inset = { top: 10, right: 10, bottom: 24, left: 40 };

/** The lines across a chart and what each stands for. */
export function rules(y: ScaleLinear<number, number>, width: number, said: (tick: number) => string): SVGElement[] {
  return y.ticks(4).flatMap((tick) => [
    svg('path', { d: `M${inset.left} ${y(tick)}H${width - inset.right}`, class: 'chart-grid' }),
    svg('text', { x: inset.left - 6, y: y(tick), class: 'chart-text', 'text-anchor': 'end', 'dominant-baseline': 'central' }, said(tick)),
  ]);
}

/** A chart that is drawn. */
interface Pictured {
  element: SVGElement;
  /** says whether it is a chart of this view, but for the day asked about */
  isOf(view: View): boolean;
  /** moves the mark of the day asked about */
  mark(view: View): void;
}

function drawn(view: View, series: Series, width: number): Pictured {
  const { words } = view;
  const claims = claimsOf(view);
  const dayOf = ({ shares }: View) => shares?.as_of ?? series.rows[0]!.from;
  const shown = dayOf(view);
  const days = [...series.rows.map((row) => row.from), ...claims.map((claim) => claim.stated_on), shown].map(at);
  const percents = [...series.rows.map((row) => row.percent_high ?? 0), ...claims.map((claim) => claim.percent_high)];
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const pad = Math.max(10 * day, (last - first) * 0.04);
  const x = scaleUtc().domain([first - pad, last + pad]).range([inset.left, width - inset.right]);
  const y = scaleLinear().domain([0, Math.min(100, Math.ceil((Math.max(...percents) + 5) / 10) * 10)]).range([height - inset.bottom, inset.top]);

  // Each row holds from its own day to the next row's; the last to the last day there is.
  const steps = [...series.rows, { ...series.rows.at(-1)!, from: new Date(last).toISOString() }];
  const isMapped = (row: Row) => row.percent !== null;
  const middle = line<Row>().defined(isMapped).curve(curveStepAfter).x((row) => x(at(row.from))).y((row) => y(row.percent!))(steps);
  const band = area<Row>().defined(isMapped).curve(curveStepAfter).x((row) => x(at(row.from))).y0((row) => y(row.percent_low!)).y1((row) => y(row.percent_high!))(steps);

  const made = svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': summary(view, series, claims) });
  made.append(...rules(y, width, (tick) => words.percent(tick, 0)));
  for (const tick of x.ticks(Math.max(2, Math.floor(width / 110)))) {
    made.append(svg('text', { x: x(tick), y: height - 6, class: 'chart-text', 'text-anchor': 'middle' }, words.month(tick)));
  }
  made.append(svg('path', { d: band ?? '', class: 'chart-band' }), svg('path', { d: middle ?? '', class: 'chart-line' }));
  for (const row of series.rows.filter((row) => row.method_break)) {
    made.append(svg('path', { d: `M${x(at(row.from))} ${inset.top}V${height - inset.bottom}`, class: 'chart-break' }, svg('title', {}, words.say('key_break'))));
  }
  const asked = svg('path', { class: 'chart-day' });
  made.append(asked);
  for (const claim of claims) made.append(dot(view, claim, x(at(claim.stated_on)), y));
  const mark = (next: View) => asked.setAttribute('d', `M${x(at(dayOf(next)))} ${inset.top}V${height - inset.bottom}`);
  mark(view);
  // A day that no row and no claim is of makes the axis longer.
  const isInside = (day: number) => day >= first && day <= last;
  const party = view.share?.party;
  return {
    element: made,
    mark,
    isOf: (next) => next.series === series && next.claims === view.claims && next.share?.party === party && next.share?.measures === view.share?.measures && isInside(at(dayOf(next))),
  };
}

// A range is drawn as a bar with the dot in its middle. What the dataset cannot compute is hollow.
function dot({ words }: View, claim: Dated, x: number, y: (percent: number) => number): SVGElement {
  const { percent_low: low, percent_high: high } = claim;
  const told = `${claim.who}, ${claim.publisher}, ${words.date(claim.stated_on)}: ${words.range(low, high)}. ${claim.measures}`;
  return svg(
    'g',
    { 'data-claim': claim.id },
    svg('title', {}, told),
    low !== high && svg('path', { d: `M${x} ${y(low)}V${y(high)}`, class: 'chart-range' }),
    svg('circle', { cx: x, cy: y((low + high) / 2), r: 4.5, class: claim.checkable ? 'chart-dot' : 'chart-dot other' }),
  );
}

/** A share that has a place on the axis of days. */
type Dated = Claim & { stated_on: string; percent_low: number; percent_high: number };

function claimsOf({ claims, of, share }: View): Dated[] {
  if (!claims || claims instanceof Problem) return [];
  const isDated = (claim: Claim): claim is Dated => claim.stated_on !== undefined && claim.percent_low !== undefined;
  return claims.filter(isDated).filter((claim) => claim.of === of && (!share || claim.party === share.party));
}

function summary(view: View, series: Series, claims: readonly Claim[]): string {
  const { words } = view;
  const mapped = series.rows.filter((row) => row.percent !== null);
  const [first, last] = [mapped[0], mapped.at(-1)];
  if (!first || !last) return words.say('over_time');
  return words.say('chart_label', {
    place: placeName(view, series.of), what: shortOf(view, view.share?.measures), from: words.date(first.from), first: words.percent(first.percent!), last: words.percent(last.percent!),
    periods: words.count('periods_counted', mapped.length, { n: words.number(mapped.length, 0) }), claims: words.count('claims_counted', claims.length, { n: words.number(claims.length, 0) }),
  });
}

function tableRow({ words, dataset, of, basis }: View, row: Row): HTMLElement {
  const cell = (...said: Array<Node | string>) => el('td', { class: 'amount' }, ...said);
  const address = `v1/${dataset.id}/share?${new URLSearchParams({ as_of: row.from, of, basis }).toString()}`;
  return el(
    'tr',
    {},
    el('th', { scope: 'row', class: 'text' }, link(address, words.date(row.from)), row.method_break && ` (${words.say('key_break')})`),
    ...(row.percent === null
      ? [el('td', { colspan: 3, class: 'amount' }, words.say('gap'))]
      : [cell(percentOf(words, row.percent)), cell(ltr(words.range(row.percent_low!, row.percent_high!))), cell(areaOf(words, row.held_km2!))]),
  );
}

/** A sign of a chart and what it means. */
export function sample(meaning: string, ...marks: SVGElement[]): HTMLElement {
  return el('span', {}, svg('svg', { viewBox: '0 0 24 16', width: 24, height: 16, 'aria-hidden': 'true' }, ...marks), ' ', meaning);
}

const day = 86_400_000;

function at(date: string): number {
  return Date.parse(date);
}
