import type { App, View } from '../app';
import type { Share } from '../api';
import { el, ltr } from '../dom';
import { areaOf, percentOf } from '../figures';
import { partyName, placeName } from '../names';
import type { Section } from './panel';

/** The figure: percent, area, and how far a shifted outline would move it. */
export function held(_app: App, { words }: View): Section {
  const heading = el('h2', { class: 'label' });
  const figure = el('p', { class: 'figure' });
  const areas = el('p', { class: 'areas' });
  const scale = el('div', { class: 'scale', 'aria-hidden': 'true' }, el('div', { class: 'part' }), el('div', { class: 'range' }));
  const band = el('p', { class: 'quiet band' });
  const spoken = el('p', { class: 'unseen', role: 'status' });
  return {
    needs: 'share',
    element: el('section', { class: 'held' }, heading, figure, areas, scale, band, spoken),
    update(view) {
      const share = view.share!;
      const party = partyName(view, share.party);
      const place = placeName(view, share.of);
      heading.textContent = words.say('held_by', { party, place });
      figure.replaceChildren(percentOf(words, share.percent, { id: 'percent' }));
      areas.replaceChildren(words.rich('of_area', { held: areaOf(words, share.held_km2), total: areaOf(words, share.territory_km2) }));
      drawScale(scale, share);
      band.replaceChildren(bandWords(view, share));
      const summary = words.say('summary', {
        date: words.date(share.as_of),
        percent: words.percent(share.percent),
        place,
        held: areas.querySelector('data')!.textContent,
        total: areas.querySelectorAll('data')[1]!.textContent,
      });
      if (!view.busy && spoken.textContent !== summary) spoken.textContent = summary;
    },
  };
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
