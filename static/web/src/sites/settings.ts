import type { View } from '../app';
import { el } from '../dom';
import type { Said } from './said';
import type { Settings, Sites } from './sites';

/** The controls of how things are counted. */
export interface Controls {
  element: HTMLElement;
  /** offers the properties of the things, and of these the ones that hold numbers */
  offer(fields: { all: readonly string[]; numeric: readonly string[] }): void;
  /** shows what is in force; a layer of the dataset's own can be counted within metres alone */
  update(settings: Settings, isLayer: boolean): void;
}

/** Makes the controls; each counts anew when it is changed. */
export function settings(sites: Sites, said: Said, { dataset }: View): Controls {
  const within = el('input', { type: 'number', id: 'sites-within', min: 0, max: 100000, step: 'any', dir: 'ltr' });
  within.addEventListener('change', () => {
    if (within.value !== '' && within.checkValidity()) sites.set({ within: Number(within.value) });
  });
  const choice = (id: string, options: ReadonlyArray<readonly [string, string]>, act: (value: string) => void) => {
    const select = el('select', { id }, ...options.map(([value, label]) => el('option', { value }, label)));
    select.addEventListener('change', () => act(select.value));
    return select;
  };
  const by = choice('sites-by', [['', said.say('nothing')]], (value) => sites.set({ by: value }));
  const weight = choice('sites-weight', [['', said.say('nothing')]], (value) => sites.set({ weight: value }));
  const polygons = choice('sites-polygons', [['point', said.say('as_point')], ['area', said.say('as_area')]], (value) => sites.set({ polygons: value as Settings['polygons'] }));
  const labelled = (label: string, control: HTMLElement) => el('p', {}, el('label', { for: control.id }, label), control);

  // Where nothing ever changes, nothing changes side.
  const follow = el('input', { type: 'checkbox', id: 'sites-follow' });
  const from = el('input', { type: 'date', id: 'sites-from', min: dataset.first_date, value: dataset.first_date });
  const to = el('input', { type: 'date', id: 'sites-to', min: dataset.first_date });
  const days = el('div', { class: 'fields', hidden: true }, labelled(said.say('from'), from), labelled(said.say('to'), to));
  const along = () => sites.set({ along: follow.checked ? { from: from.value, to: to.value } : null });
  for (const control of [follow, from, to]) control.addEventListener('change', along);
  const hasChanges = dataset.epochs.length > 1;

  const offered = (select: HTMLSelectElement, names: readonly string[]) => {
    const known = [...select.options].slice(1).map(({ value }) => value);
    if (known.join('\n') === names.join('\n')) return;
    const { value } = select;
    select.replaceChildren(select.options[0]!, ...names.map((name) => el('option', { value: name, dir: 'auto' }, name)));
    select.value = value;
  };
  const followed = el('label', { class: 'layer' }, follow, said.say('follow'));
  const ofFiles = [labelled(said.say('by'), by), labelled(said.say('weight'), weight), labelled(said.say('polygons'), polygons)];
  return {
    element: el('div', { class: 'settings' }, el('div', { class: 'fields' }, labelled(said.say('within'), within), ...ofFiles), followed, days),
    offer({ all, numeric }) {
      offered(by, all);
      offered(weight, numeric);
    },
    update(settings, isLayer) {
      for (const part of ofFiles) part.hidden = isLayer;
      followed.hidden = isLayer || !hasChanges;
      if (document.activeElement !== within) within.value = String(settings.within);
      by.value = settings.by;
      weight.value = settings.weight;
      polygons.value = settings.polygons;
      follow.checked = settings.along !== null;
      days.hidden = isLayer || settings.along === null;
      if (settings.along) [from.value, to.value] = [settings.along.from, settings.along.to];
    },
  };
}
