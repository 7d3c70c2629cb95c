import { Problem, type LayerTally } from '../api';
import type { App, View } from '../app';
import { button, el } from '../dom';
import { inspect, inspects } from '../inspect';
import { capital } from '../names';
import { failureNotice, notice } from '../notice';
import type { Section } from '../panel/panel';
import { fieldsOf, measuresOf, asked } from './answer';
import { changes, oneByOne } from './list';
import { mostMarks } from './marks';
import { pasted, type Order } from './pasted';
import { saidIn, type Said } from './said';
import { settings } from './settings';
import type { Sites } from './sites';
import { byPart, bySide, headline } from './totals';

/** The reader's own things: chosen, dropped or pasted, and counted by side of the line. */
export function section(app: App, sites: Sites, first: View): Section {
  const said = saidIn(first.words.lang);
  const name = el('h3', { id: 'sites-name' });
  const controls = settings(sites, said, first);
  const told = el('div', { role: 'status' });
  const rest = el('div', { class: 'parts' });
  const answer = el('div', { class: 'answer', id: 'sites-answer', hidden: true }, name, told, controls.element, rest);
  let [drawn, seen]: [unknown, unknown] = [null, null];
  return {
    element: el('div', {}, el('p', {}, said.say('intro')), el('p', { class: 'quiet' }, said.say('stored')), ...input(sites, said), answer),
    update(view) {
      const { source, answer: tally, problem } = sites;
      answer.hidden = source === null;
      if (source) name.replaceChildren(said.rich('counted', { name: el('bdi', {}, source.name) }));
      const now = [source, tally, problem, sites.settings];
      if (drawn !== null && now.every((one, index) => one === (drawn as unknown[])[index])) return;
      drawn = now;
      if (tally) controls.offer(fieldsOf(tally.located));
      controls.update(sites.settings, source !== null && 'layer' in source);
      told.replaceChildren(...(problem ? [refusal(view, said, problem, () => sites.retry())] : tally ? headline(view, said, tally) : [el('p', { class: 'quiet' }, view.words.say('computing'))]));
      rest.replaceChildren(...(tally ? parts(view, sites, said) : []), actions(app, sites, said, tally !== null));
      if (source && source !== seen) answer.scrollIntoView({ block: 'nearest' });
      seen = source;
    },
  };
}

// A file or a text.
function input(sites: Sites, said: Said): HTMLElement[] {
  const file = el('input', { type: 'file', id: 'sites-file' });
  file.addEventListener('change', () => {
    const chosen = file.files?.[0];
    file.value = '';
    if (chosen) sites.take({ name: chosen.name, file: chosen });
  });
  const field = el('textarea', { id: 'sites-paste', rows: 4, dir: 'ltr', spellcheck: 'false', placeholder: '31.52, 34.465 …', 'aria-describedby': 'sites-paste-note' });
  const order = el('select', { id: 'sites-order' }, el('option', { value: 'lat-lon' }, said.say('lat_lon')), el('option', { value: 'lon-lat' }, said.say('lon_lat')));
  const wrong = el('p', { class: 'wrong', role: 'alert', hidden: true });
  const take = () => {
    const made = pasted(field.value, order.value as Order);
    wrong.hidden = 'file' in made;
    if ('file' in made) sites.take({ name: made.file.name, file: made.file });
    else wrong.textContent = said.say('bad_line', { n: String(made.line) });
  };
  return [
    el('p', { class: 'actions' }, el('label', { class: 'button strong', for: 'sites-file' }, said.say('choose'), file)),
    el('p', { class: 'quiet' }, said.say('formats')),
    el(
      'details',
      {},
      el('summary', {}, said.say('paste')),
      el('label', { for: 'sites-paste', class: 'quiet', id: 'sites-paste-note' }, said.say('paste_note')),
      field,
      el('p', { class: 'row' }, el('label', { for: 'sites-order' }, said.say('order')), order),
      el('p', { class: 'actions' }, button(said.say('count'), take, { id: 'sites-paste-go' })),
      wrong,
    ),
  ];
}

function parts(view: View, sites: Sites, said: Said): HTMLElement[] {
  const tally = sites.answer!;
  const { words } = view;
  const { total } = asked(tally);
  const measure = measuresOf(total)[0];
  if (!measure) return [];
  const remark = (text: string) => el('p', { class: 'quiet' }, text);
  const repairs = tally.repairs?.length ?? 0;
  return [
    ...(total.outside[measure] === total.all[measure] ? [el('p', { class: 'wrong' }, said.say('all_outside'))] : []),
    ...(tally.layer ? ofLayer(view, tally.layer) : []),
    bySide(view, said, tally),
    ...(tally.without_shape > 0 ? [remark(said.say('without_shape', { n: words.number(tally.without_shape, 0) }))] : []),
    ...(tally.weight && tally.without_weight > 0 ? [remark(said.say('without_weight', { name: tally.weight, n: words.number(tally.without_weight, 0) }))] : []),
    ...(repairs > 0 ? [remark(said.say('repaired', { n: words.number(repairs, 0) }))] : []),
    ...(tally.located.length > mostMarks ? [remark(said.say('map_first', { n: words.number(mostMarks, 0) }))] : []),
    ...byPart(view, said, tally),
    ...oneByOne(view, said, tally),
    ...changes(view, said, tally),
  ];
}

// Of the dataset's own things: of which day they are, what they are not, and whose.
function ofLayer({ words }: View, { mapped_on: day, note, attribution }: LayerTally): HTMLElement[] {
  return [
    el('p', { id: 'sites-mapped' }, capital(words.say('as_mapped', { date: words.date(day) })), '.'),
    ...(note ? [el('p', { class: 'quiet', dir: 'auto' }, words.name(note))] : []),
    el('p', { class: 'quiet', dir: 'auto' }, words.name(attribution)),
  ];
}

function actions(app: App, sites: Sites, said: Said, hasAnswer: boolean): HTMLElement {
  const { source } = sites;
  const file = source && 'file' in source && source.file;
  const failed = el('span', { class: 'wrong', role: 'alert' });
  const save = (format: 'csv' | 'geojson') =>
    button(said.say(format), async () => {
      failed.textContent = '';
      try {
        saveAs(await sites.file(format));
      } catch (fault) {
        failed.textContent = fault instanceof Problem && fault.detail ? fault.detail : app.words.say('no_answer');
      }
    }, { id: `sites-${format}` });
  return el(
    'p',
    { class: 'actions' },
    hasAnswer && save('csv'),
    hasAnswer && file && save('geojson'),
    file instanceof File && inspects() && button(said.say('look'), () => void inspect(app, file, false), { id: 'sites-inspect' }),
    button(said.say('clear'), () => sites.clear(), { id: 'sites-clear' }),
    failed,
  );
}

function saveAs({ name, file }: { name: string; file: Blob }): void {
  const address = URL.createObjectURL(file);
  el('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// What is wrong with the reader's file is said in the reader's language, and where it is wrong in the server's words.
function refusal({ words }: View, said: Said, problem: Problem, retry: () => void): HTMLElement {
  const heading = ({ 400: 'unreadable', 413: 'too_large', 415: 'unreadable', 422: 'unreadable' } as const)[problem.status as 400];
  return heading ? notice(said.say(heading), el('bdi', { lang: 'en' }, problem.detail)) : failureNotice(words, problem, retry);
}
