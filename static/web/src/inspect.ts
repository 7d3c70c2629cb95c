import { asProblem, askAboutFile, type Problem, type Count, type Inspection, type Kind, type Property } from './api';
import type { App } from './app';
import { copyButton } from './copy';
import { openDialog } from './dialog';
import { button, el, ltr } from './dom';
import type { Key, Words } from './lang';

/** Says whether the server looks at files for this reader. */
export function inspects(): boolean {
  return document.querySelector('meta[name="demarc-inspects"]') !== null;
}

/** A button that has a file of the reader's looked at. */
export function inspectButton(app: App): HTMLElement {
  const file = el('input', { type: 'file', id: 'inspect-file', hidden: true });
  file.addEventListener('change', () => {
    const chosen = file.files?.[0];
    file.value = '';
    if (chosen) void inspect(app, chosen);
  });
  return el('span', {}, button(app.words.say('inspect'), () => file.click(), { id: 'inspect', title: app.words.say('inspect_drop') }), file);
}

/** Lets a file be dropped anywhere on the page. */
export function inspectDropped(app: App): void {
  const brings = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  addEventListener('dragover', (event) => {
    if (brings(event)) event.preventDefault();
  });
  addEventListener('drop', (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    const dropped = event.dataTransfer?.files[0];
    if (dropped) void inspect(app, dropped);
  });
}

async function inspect(app: App, file: File): Promise<void> {
  const { words } = app;
  let told: Node[];
  try {
    told = found(words, await askAboutFile<Inspection>(file, 'v1/inspect', { name: file.name }));
  } catch (fault) {
    told = [el('p', { role: 'alert', dir: 'auto' }, reason(words, asProblem(fault)))];
  }
  openDialog(words, 'inspection', file.name, told, words.say('inspect_none'));
}

function reason(words: Words, problem: Problem): string {
  return problem.status === 0 ? words.say('no_answer_why') : problem.detail;
}

function found(words: Words, i: Inspection): Node[] {
  const shapes = [...i.geometries];
  if (i.without_geometry > 0) shapes.push({ name: words.say('inspect_without'), count: i.without_geometry });
  if (i.refused > 0) shapes.push({ name: words.say('inspect_refused'), count: i.refused });
  const out: Node[] = [
    el('p', {}, [i.format, ...i.wrapped].join(' · ')),
    el('p', { id: 'inspection-features' }, words.say('inspect_features', { n: String(i.features) }), ': ', counts(shapes)),
    ...i.notes.map((note) => el('p', { dir: 'auto' }, note)),
    ...kinds(words.say('inspect_repaired'), i.repairs),
    ...kinds(words.say('inspect_faults'), i.faults),
  ];
  if (i.properties.length > 0) out.push(properties(words, i));
  if (i.suggestion) {
    const { command, remarks } = i.suggestion;
    out.push(
      el('h3', {}, words.say('inspect_command')),
      ...remarks.map((remark) => el('p', { dir: 'auto' }, remark)),
      el('pre', { id: 'inspection-command', dir: 'ltr', tabindex: 0, role: 'region', 'aria-label': words.say('inspect_command') }, command),
      el('p', {}, copyButton(words, words.say('copy'), () => command, { id: 'inspection-copy' }), ' ', words.say('inspect_replace')),
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

function properties(words: Words, i: Inspection): HTMLElement {
  const shaped = i.geometries.reduce((sum, one) => sum + one.count, 0);
  const head = (key: Key) => el('th', { scope: 'col' }, words.say(key));
  return el(
    'div',
    { class: 'wide', tabindex: 0, role: 'region', 'aria-label': words.say('inspect_properties') },
    el(
      'table',
      { id: 'inspection-properties' },
      el('thead', {}, el('tr', {}, head('inspect_property'), head('inspect_values'), head('inspect_looks'))),
      el('tbody', {}, ...i.properties.map((property) => row(words, property, shaped))),
    ),
  );
}

function row(words: Words, property: Property, shaped: number): HTMLElement {
  const some = property.features < shaped ? words.say('inspect_on', { n: String(property.features), all: String(shaped) }) : '';
  const top = property.top.map((one) => `${one.name} (${one.count})`).join(', ') + (property.top.length < property.distinct ? ', …' : '');
  const looks = property.looks.map((one) => [words.say(`look_${one.as}` as Key), one.format].filter(Boolean).join(', ')).join('; ');
  return el(
    'tr',
    {},
    el('th', { scope: 'row', dir: 'auto' }, property.name),
    el('td', { dir: 'auto' }, [some, top].filter(Boolean).join(': ')),
    el('td', {}, looks),
  );
}
