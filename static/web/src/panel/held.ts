import type { App, View } from '../app';
import type { Share } from '../api';
import { el, ltr } from '../dom';
import { asMapped, saidOf, shortOf } from '../evidence';
import { aboutOf, areaOf, percentOf } from '../figures';
import { partyName, placeName, readingName } from '../names';
import type { Section } from './panel';

/** The finding as a sentence with its days, then the exact figure, and how far a shifted outline would move it. */
export function held(_app: App, { words }: View): Section {
  const finding = el('h2', { class: 'finding' });
  const scale = el('div', { class: 'scale', 'aria-hidden': 'true' }, el('div', { class: 'part' }), el('div', { class: 'range' }));
  const areas = el('p', { class: 'areas' });
  const band = el('p', { class: 'quiet band' });
  const spoken = el('p', { class: 'unseen', role: 'status' });
  return {
    needs: 'share',
    element: el('section', { class: 'held' }, finding, scale, areas, band, spoken),
    update(view) {
      const share = view.share!;
      finding.replaceChildren(sentence(view, share), ...newer(view, share));
      areas.replaceChildren(
        el('strong', { class: 'figure' }, percentOf(words, share.percent, { id: 'percent' })),
        ' = ',
        words.rich('of_area', { held: areaOf(words, share.held_km2), total: areaOf(words, share.territory_km2) }),
      );
      drawScale(scale, share);
      band.replaceChildren(bandWords(view, share));
      const summary = finding.textContent ?? '';
      if (!view.busy && spoken.textContent !== summary) spoken.textContent = summary;
    },
  };
}

function sentence(view: View, share: Share): DocumentFragment {
  const { words } = view;
  return words.rich('finding', {
    place: placeName(view, share.of),
    percent: el('span', { class: 'counted' }, aboutOf(words, share.percent)),
    said: saidOf(view, share.measures, partyName(view, share.party)),
    mapped: asMapped(view, share),
  });
}

// What newer evidence gives, each under its own reading: never added to the first.
function newer(view: View, { newer }: Share): DocumentFragment[] {
  const { words, shares, of } = view;
  return (newer ?? []).flatMap(({ basis, measures, newest }) => {
    const other = shares?.shares.find((one) => one.of === of && one.basis === basis);
    if (!other) return [];
    return [words.rich('finding_newer', {
      short: shortOf(view, measures), reading: readingName(view, basis), date: words.date(newest),
      percent: el('span', { class: 'newer' }, aboutOf(words, other.percent)),
    })];
  });
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
