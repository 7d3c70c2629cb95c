import { asProblem, askAboutFile, type Problem, type Count, type Inspection, type Kind, type Property } from './api';
import type { App } from './app';
import { copyButton } from './copy';
import { button, el, ltr } from './dom';
import { Phrases, type PhraseOf, type Words } from './lang';
import type en from './lang/inspection/en.json';
import { bring, learn } from './learn';

bring('inspection', import.meta.glob('./lang/inspection/*.json', { import: 'default' }));

type Said = Phrases<typeof en>;

/** Tells in a dialog what the server finds in a file. Where counts is true, a file of things without an area is counted instead. */
export async function look(app: App, file: File, counts: boolean): Promise<void> {
  const { words } = app;
  await learn(words.lang);
  const said: Said = new Phrases('inspection', words.lang);
  let told: Node[];
  let isRead = true;
  try {
    const answer = await askAboutFile<Inspection>(file, 'v1/inspect', { name: file.name });
    if (counts && isOfThings(answer)) {
      await app.tally(file);
      return;
    }
    told = found(words, said, answer);
  } catch (fault) {
    isRead = false;
    told = [el('p', { role: 'alert', dir: 'auto' }, reason(words, asProblem(fault)))];
  }
  show(app, said, file, told, isRead);
}

// What has no area holds nothing.
function isOfThings({ geometries, refused }: Inspection): boolean {
  return refused === 0 && geometries.length > 0 && geometries.every(({ name }) => /Point|Line/.test(name));
}

function reason(words: Words, problem: Problem): string {
  return problem.status === 0 ? words.say('no_answer_why') : problem.detail;
}

/** Opens a dialog, which Escape and its button close and take away. What could be read can be counted instead. */
function show(app: App, said: Said, file: File, told: Node[], isRead: boolean): void {
  document.getElementById('inspection')?.remove();
  const count = () => {
    dialog.close();
    void app.tally(file);
  };
  const close = button(app.words.say('close'), () => dialog.close(), { class: 'strong', autofocus: true });
  const dialog = el(
    'dialog',
    { id: 'inspection', 'aria-labelledby': 'inspection-title' },
    el('h2', { id: 'inspection-title', dir: 'auto' }, file.name),
    ...told,
    el('p', { class: 'actions' }, el('span', {}, said.say('none')), isRead && button(said.say('count'), count, { id: 'inspection-count' }), close),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function found(words: Words, said: Said, i: Inspection): Node[] {
  const shapes = [...i.geometries];
  if (i.without_geometry > 0) shapes.push({ name: said.say('without'), count: i.without_geometry });
  if (i.refused > 0) shapes.push({ name: said.say('refused'), count: i.refused });
  const out: Node[] = [
    el('p', {}, [i.format, ...i.wrapped].join(' · ')),
    el('p', { id: 'inspection-features' }, said.count('features', i.features, { n: String(i.features) }), ': ', counts(shapes)),
    ...i.notes.map((note) => el('p', { dir: 'auto' }, note)),
    ...kinds(said.say('repaired'), i.repairs),
    ...kinds(said.say('faults'), i.faults),
  ];
  if (i.properties.length > 0) out.push(properties(said, i));
  if (i.suggestion) {
    const { command, remarks } = i.suggestion;
    out.push(
      el('h3', {}, said.say('command')),
      ...remarks.map((remark) => el('p', { dir: 'auto' }, remark)),
      el('pre', { id: 'inspection-command', dir: 'ltr', tabindex: 0, role: 'region', 'aria-label': said.say('command') }, command),
      el('p', {}, copyButton(words, words.say('copy'), () => command, { id: 'inspection-copy' }), ' ', said.say('replace')),
    );
  }
  return out;
}

function counts(all: readonly Count[]): HTMLElement {
  return el('bdi', {}, all.map((one) => `${one.count} ${one.name}`).join(', '));
}

function kinds(heading: string, all: readonly Kind[]): Node[] {
  return all.map((kind) =>
    el(
      'details',
      {},
      el('summary', {}, `${heading}: `, ltr(`${kind.count} × ${kind.rule}`)),
      el('ul', {}, ...kind.examples.map((example) => el('li', { dir: 'auto' }, example))),
    ),
  );
}

function properties(said: Said, i: Inspection): HTMLElement {
  const shaped = i.geometries.reduce((sum, one) => sum + one.count, 0);
  const head = (key: PhraseOf<typeof en>) => el('th', { scope: 'col' }, said.say(key));
  return el(
    'div',
    { class: 'wide', tabindex: 0, role: 'region', 'aria-label': said.say('properties') },
    el(
      'table',
      { id: 'inspection-properties' },
      el('thead', {}, el('tr', {}, head('property'), head('values'), head('looks'))),
      el('tbody', {}, ...i.properties.map((property) => row(said, property, shaped))),
    ),
  );
}

function row(said: Said, property: Property, shaped: number): HTMLElement {
  const some = property.features < shaped ? said.say('on', { n: String(property.features), all: String(shaped) }) : '';
  const top = property.top.map((one) => `${one.name} (${one.count})`).join(', ') + (property.top.length < property.distinct ? ', …' : '');
  const looks = property.looks.map((one) => [said.say(`look_${one.as}` as PhraseOf<typeof en>), one.format].filter(Boolean).join(', ')).join('; ');
  return el(
    'tr',
    {},
    el('th', { scope: 'row', dir: 'auto' }, property.name),
    el('td', { dir: 'auto' }, [some, top].filter(Boolean).join(': ')),
    el('td', {}, looks),
  );
}
