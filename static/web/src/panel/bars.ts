import { scaleBand, scaleLinear } from 'd3-scale';
import { Problem, type Every, type Period } from '../api';
import type { App, View } from '../app';
import { el, ltr, svg } from '../dom';
import { areaOf } from '../figures';
import type { Key } from '../lang';
import { placeName } from '../names';
import { failureNotice } from '../notice';
import { inset, rules, sample } from './chart';
import type { Section } from './panel';

const choices: ReadonlyArray<readonly [Every, Key]> = [['week', 'by_week'], ['month', 'by_month'], ['year', 'by_year']];

/** What was gained and lost in each period: up and down from one line. Hidden where nothing ever changes. */
export function bars(app: App, { words, dataset }: View): Section {
  const pick = el('select', { id: 'every' }, ...choices.map(([every, key]) => el('option', { value: every }, words.say(key))));
  pick.addEventListener('change', () => app.count(pick.value as Every));
  const picture = el('div', { class: 'chart', dir: 'ltr' });
  const key = el(
    'p',
    { class: 'quiet chart-key' },
    sample(words.say('gained'), svg('rect', { x: 4, y: 1, width: 16, height: 14, class: 'bar-gained' })),
    sample(words.say('lost'), svg('rect', { x: 4, y: 1, width: 16, height: 14, class: 'bar-lost' })),
    sample(words.say('gap'), svg('rect', { x: 4, y: 1, width: 16, height: 14, class: 'bar-gap' })),
    sample(words.say('key_break'), svg('path', { d: 'M12 1v14', class: 'chart-break' })),
  );
  const failed = el('div', { hidden: true });
  const body = el('tbody');
  const shown = el('div', {});
  const download = el('a', {}, words.say('series_csv'));
  const head = (text: string) => el('th', { scope: 'col', class: 'amount' }, text);
  let view: View | null = null;
  let listed: unknown = null;
  // Drawn anew where the periods or the room for them are others, not for every day that is asked about.
  let width = 0;
  let pictured: unknown = null;
  const draw = () => {
    if (!view?.periods || view.periods instanceof Problem || width === 0 || pictured === view.periods) return;
    pictured = view.periods;
    picture.replaceChildren(drawn(view, view.periods.periods, width));
  };
  new ResizeObserver(() => {
    if (width === picture.clientWidth) return;
    width = picture.clientWidth;
    pictured = null;
    draw();
  }).observe(picture);
  shown.append(
    picture,
    key,
    el(
      'details',
      {},
      el('summary', {}, words.say('as_table')),
      el(
        'div',
        { class: 'wide', tabindex: 0, role: 'region', 'aria-labelledby': 'bars-title' },
        el(
          'table',
          { 'aria-labelledby': 'bars-title' },
          el('thead', {}, el('tr', {}, el('th', { scope: 'col', class: 'text' }, words.say('period')), head(words.say('gained')), head(words.say('lost')), head(words.say('net')))),
          body,
        ),
      ),
      el('p', {}, download),
    ),
  );
  const element = el(
    'section',
    { class: 'bars' },
    el('h2', { id: 'bars-title' }, words.say('gained_lost')),
    el('p', { class: 'row' }, el('label', { for: 'every' }, words.say('every')), pick),
    failed,
    shown,
  );
  return {
    needs: 'periods',
    element,
    update(next) {
      view = next;
      const { periods, of, basis, every } = next;
      pick.value = every;
      const isFailure = periods instanceof Problem;
      failed.hidden = !isFailure;
      shown.hidden = isFailure;
      element.hidden = !isFailure && !periods!.periods.some((period) => period.gained_km2 || period.lost_km2);
      if (isFailure) return failed.replaceChildren(failureNotice(words, periods, () => app.loadBeside()));
      download.setAttribute('href', `v1/${dataset.id}/series.csv?${new URLSearchParams({ of, basis, every }).toString()}`);
      if (listed !== periods) body.replaceChildren(...periods!.periods.map((period) => tableRow(next, period)));
      listed = periods;
      draw();
    },
  };
}

const height = 170;

function drawn(view: View, periods: readonly Period[], width: number): SVGElement {
  const { words } = view;
  const most = Math.max(0.1, ...periods.flatMap((period) => [period.gained_km2 ?? 0, period.lost_km2 ?? 0]));
  const x = scaleBand<string>().domain(periods.map(({ period }) => period)).range([inset.left, width - inset.right]).padding(0.2);
  const y = scaleLinear().domain([-most, most]).nice(4).range([height - inset.bottom, inset.top]);
  const made = svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': words.say('bars_label', { place: placeName(view, view.of), periods: words.count('periods_counted', periods.length, { n: words.number(periods.length, 0) }) }) });
  made.append(...rules(y, width, (tick) => words.number(Math.abs(tick), tick % 1 === 0 ? 0 : 1)));
  const every = Math.ceil(periods.length / Math.max(1, Math.floor((width - inset.left) / 80)));
  periods.forEach((period, index) => {
    const [left, wide] = [x(period.period)!, x.bandwidth()];
    const { gained_km2: gained, lost_km2: lost } = period;
    const rect = (from: number, to: number, kind: string) => svg('rect', { x: left, y: y(to), width: wide, height: Math.max(0, y(from) - y(to)), class: kind });
    made.append(
      svg(
        'g',
        { 'data-period': period.period },
        svg('title', {}, told(view, period)),
        gained === null || lost === null ? rect(y.domain()[0]!, y.domain()[1]!, 'bar-gap') : null,
        gained !== null && rect(0, gained, period.partial ? 'bar-gained partial' : 'bar-gained'),
        lost !== null && rect(-lost, 0, period.partial ? 'bar-lost partial' : 'bar-lost'),
        period.method_break && svg('path', { d: `M${left - 1} ${inset.top}V${height - inset.bottom}`, class: 'chart-break' }),
      ),
    );
    if (index % every === 0) made.append(svg('text', { x: left + wide / 2, y: height - 6, class: 'chart-text', 'text-anchor': 'middle' }, period.period));
  });
  made.append(svg('path', { d: `M${inset.left} ${y(0)}H${width - inset.right}`, class: 'chart-day' }));
  return made;
}

// What is to be known of a period beside its figures.
function marksOf({ words }: View, period: Period): string[] {
  return [
    ...(period.partial ? [words.say('partial')] : []),
    ...(period.gap_days > 0 ? [words.say('gap_of', { days: words.days(period.gap_days) })] : []),
    ...(period.method_break ? [words.say('key_break')] : []),
    ...(period.net_record ? [words.say('record')] : period.net_record_since ? [words.say('record_since', { period: `\u2066${period.net_record_since}\u2069` })] : []),
  ];
}

function told(view: View, period: Period): string {
  const { words } = view;
  const km2 = (key: Key, value: number | null) => `${words.say(key)}: ${value === null ? words.say('gap') : words.say('km2', { n: words.number(value, 2) })}`;
  return [`${period.period}: ${km2('gained', period.gained_km2)}`, km2('lost', period.lost_km2), ...marksOf(view, period)].join('; ');
}

function tableRow(view: View, period: Period): HTMLElement {
  const { words } = view;
  const cell = (value: number | null) => el('td', { class: 'amount' }, value === null ? words.say('gap') : areaOf(words, value));
  const marks = marksOf(view, period);
  return el(
    'tr',
    { 'data-period': period.period },
    el('th', { scope: 'row', class: 'text' }, ltr(period.period), marks.length > 0 && el('div', { class: 'quiet' }, marks.join('; '))),
    cell(period.gained_km2),
    cell(period.lost_km2),
    cell(period.net_km2),
  );
}
