import type { FeatureCollection, Point, Position } from 'geojson';
import { ask, type Names } from '../api';
import type { App } from '../app';
import { button, el, ltr } from '../dom';
import { found, positionIn, type Named } from './names';
import { namesOf } from '../names';
import { saidIn } from './said';
import '../style/search.css';

/** The map, as far as a search needs it. */
export interface Searched {
  /** shows a place with so many metres around it */
  goTo(at: [number, number], metres: number): void;
  /** gives the keyboard to the map */
  focus(): void;
  /** what the background of the map names, each with its place */
  towns(): ReadonlyArray<{ names: Names; at: Position }>;
}

interface Choice {
  label: Node | string;
  /** what kind of thing it is, in words */
  kind: string;
  choose(): void;
}

// Metres around a place that was chosen.
const around = 3000;
const most = 8;

/**
 * A field that looks up districts, places and positions: a combobox with a list (WAI-ARIA 1.2). It asks the server once
 * for the dataset's places and never for what is typed. Choosing a place asks about it; ended is called when it closes.
 */
export function searchBox(app: App, map: Searched, ended: () => void): HTMLElement {
  const { words } = app;
  const { dataset } = app.view()!;
  const said = saidIn(words.lang);
  const label = said.say('search');
  const input = el('input', { type: 'text', id: 'search-text', role: 'combobox', 'aria-label': label, placeholder: said.say('search_what'), 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': 'search-list', autocomplete: 'off', spellcheck: 'false', dir: 'auto' });
  const list = el('ul', { id: 'search-list', role: 'listbox', 'aria-label': label, hidden: true });
  const told = el('p', { class: 'quiet lookup-told', role: 'status' });
  const box = el('div', { class: 'lookup', role: 'search' }, input, button('×', () => close(), { 'aria-label': words.say('close'), id: 'search-close' }), list, told);
  const territories: Named[] = dataset.territories.map(({ id, name }) => ({ names: name, of: id, at: null }));
  let places: Named[] = [];
  let choices: Choice[] = [];
  let active = -1;

  const townsOf = (): Named[] => {
    const seen = new Set<string>();
    return map.towns().map(({ names, at }) => ({ names, of: null, at })).filter(({ names }) => {
      const name = names.en ?? Object.values(names)[0] ?? '';
      if (name === '' || seen.has(name)) return false;
      seen.add(name);
      return true;
    });
  };

  function close(): void {
    box.remove();
    ended();
  }

  function show(): void {
    const text = input.value;
    const position = positionIn(text, dataset.bbox);
    choices = position ? [stated(position.at, said.say(position.order))] : found([...territories, ...places, ...townsOf()], text, most).map(choiceOf);
    active = choices.length > 0 ? 0 : -1;
    list.replaceChildren(...choices.map(({ label: name, kind, choose }, index) => {
      const row = el('li', { id: `search-${index}`, role: 'option' }, el('bdi', {}, name), el('span', { class: 'quiet' }, kind));
      // The field keeps the focus.
      row.addEventListener('pointerdown', (event) => event.preventDefault());
      row.addEventListener('click', choose);
      return row;
    }));
    told.textContent = text.trim() === '' ? '' : choices.length === 0 ? said.say('search_none', { text: text.trim() }) : '';
    mark();
  }

  function mark(): void {
    list.hidden = choices.length === 0;
    input.setAttribute('aria-expanded', String(!list.hidden));
    for (const [index, row] of [...list.children].entries()) row.setAttribute('aria-selected', String(index === active));
    if (active >= 0) input.setAttribute('aria-activedescendant', `search-${active}`);
    else input.removeAttribute('aria-activedescendant');
    list.children[active]?.scrollIntoView({ block: 'nearest' });
  }

  function choiceOf({ names, of, at }: Named): Choice {
    // A name that was found in another language is told beside that of the reader's.
    const name = words.name(names);
    if (at === null) {
      const isDistrict = of !== dataset.territory;
      return { label: name, kind: words.say(isDistrict ? 'district' : 'whole'), choose: () => leave(() => app.go({ of: isDistrict ? of : null })) };
    }
    return { label: name, kind: said.say('search_place'), choose: () => leave(() => goTo(at)) };
  }

  function stated(at: Position, kind: string): Choice {
    return { label: ltr(`${at[1]}, ${at[0]}`), kind, choose: () => leave(() => goTo(at)) };
  }

  function goTo(at: Position): void {
    map.goTo(at as [number, number], around);
    void app.askPlace(at);
  }

  // What was chosen is on the map, and so is the keyboard.
  function leave(act: () => void): void {
    close();
    map.focus();
    act();
  }

  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => (active = choices.length === 0 ? -1 : (active + 1) % choices.length),
    ArrowUp: () => (active = choices.length === 0 ? -1 : (active - 1 + choices.length) % choices.length),
    Enter: () => choices[active]?.choose(),
    Escape: () => {
      if (input.value === '') return close();
      input.value = '';
      show();
    },
  };
  input.addEventListener('input', show);
  input.addEventListener('keydown', (event) => {
    const act = keys[event.key];
    if (!act || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    act();
    if (box.isConnected) mark();
  });

  void placesOf(dataset.id).then((all) => {
    places = all;
    if (input.value !== '') show();
  }, (fault: unknown) => console.warn(fault));
  return box;
}

async function placesOf(dataset: string): Promise<Named[]> {
  const { features } = await ask<FeatureCollection<Point>>(`ogc/collections/${dataset}-places/items`, { f: 'json', limit: '1000' });
  return features.map(({ properties, geometry }) => ({ names: namesOf(properties), of: null, at: geometry.coordinates }));
}
