import type { App, View } from '../app';
import type { Share } from '../api';
import { el, ltr } from '../dom';
import { saidOf, whenMapped } from '../evidence';
import { aboutOf, areaOf, percentOf } from '../figures';
import { partyName, placeName, readingName } from '../names';
import type { Section } from './panel';

/** The finding as a sentence with its days, then the exact figure, and how far a shifted outline would move it. */
export function held(_app: App, { words }: View): Section {
  const finding = el('h2', { class: 'finding' });
  const more = el('div', { class: 'more' });
  const scale = el('div', { class: 'scale', 'aria-hidden': 'true' }, more, el('div', { class: 'part' }), el('div', { class: 'range' }));
  const areas = el('p', { class: 'areas' });
  const others = el('div', { class: 'others quiet' });
  const band = el('p', { class: 'quiet band' });
  const spoken = el('p', { class: 'unseen', role: 'status' });
  return {
    needs: 'share',
    element: el('section', { class: 'held' }, finding, scale, areas, band, others, spoken),
    update(view) {
      const share = view.share!;
      finding.replaceChildren(sentence(view, share), ...newer(view, share));
      areas.replaceChildren(
        el('strong', { class: 'figure' }, percentOf(words, share.percent, { id: 'percent' })),
        ' = ',
        words.rich('of_area', { held: areaOf(words, share.held_km2), total: areaOf(words, share.territory_km2) }),
      );
      drawScale(scale, share);
      drawMore(more, view, share);
      others.replaceChildren(...newerOf(view, share).map((other) => exactly(view, other)));
      band.replaceChildren(bandWords(view, share));
      const summary = finding.textContent ?? '';
      if (!view.busy && spoken.textContent !== summary) spoken.textContent = summary;
    },
  };
}

function sentence(view: View, share: Share): DocumentFragment {
  return view.words.rich('finding', { place: placeName(view, share.of), ...clause(view, share, 'counted') });
}

// What newer evidence gives, each under its own reading: never added to the first.
function newer(view: View, share: Share): DocumentFragment[] {
  return newerOf(view, share).map((other) => view.words.rich('finding_newer', clause(view, other, 'newer')));
}

function clause(view: View, share: Share, kind: string) {
  return {
    percent: el('span', { class: kind }, aboutOf(view.words, share.percent)),
    said: saidOf(view, share.measures, partyName(view, share.party)),
    when: whenMapped(view, share),
  };
}

// The figures of readings that have newer evidence than the one in force.
function newerOf({ shares, of }: View, { newer }: Share): Share[] {
  return (newer ?? []).flatMap(({ basis }) => shares?.shares.find((one) => one.of === of && one.basis === basis) ?? []);
}

function exactly(view: View, share: Share): HTMLElement {
  const { words } = view;
  const day = share.evidence ? [words.say('comma'), words.date(share.evidence.newest)] : [];
  return el('p', {}, el('span', { class: 'newer' }, readingName(view, share.basis), ': ', percentOf(words, share.percent)), ' = ', areaOf(words, share.held_km2), ...day);
}

// The newest of the others is drawn as it is, from nothing to its own share, behind that of the reading in force.
function drawMore(more: HTMLElement, view: View, share: Share): void {
  const other = newerOf(view, share).at(-1);
  more.hidden = !other;
  more.style.setProperty('--percent', `${other?.percent ?? 0}%`);
}

// Set through the object model, which a strict style-src allows, unlike a style attribute.
function drawScale(scale: HTMLElement, { percent, uncertainty }: Share): void {
  scale.style.setProperty('--percent', `${percent}%`);
  scale.style.setProperty('--low', `${uncertainty?.percent_low ?? percent}%`);
  scale.style.setProperty('--high', `${uncertainty?.percent_high ?? percent}%`);
}

function bandWords({ words }: View, { uncertainty }: Share): Node {
  const made = document.createDocumentFragment();
  if (!uncertainty?.accuracy_m) {
    made.append(words.say('band_none'));
    return made;
  }
  const { percent_low, percent_high, accuracy_m } = uncertainty;
  made.append(
    el('strong', {}, words.rich('band', { low: percentOf(words, percent_low), high: percentOf(words, percent_high) })),
    ' ',
    words.rich('band_why', { metres: ltr(words.number(accuracy_m, 0)) }),
  );
  return made;
}
