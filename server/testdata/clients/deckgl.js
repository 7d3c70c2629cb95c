import { Deck } from '@deck.gl/core';
import { MVTLayer } from '@deck.gl/geo-layers';
import { MVTLoader } from '@loaders.gl/mvt';
import { centre, container, drawn, query, server, zoom } from './page.js';

const { look } = await (await fetch(`${server}/v1/gaza`)).json();
const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const fills = Object.fromEntries(look.parties.map(({ party, fill }) => [party, [...channels(fill), 255 * look.opacity]]));

const deck = new Deck({
  parent: container,
  width: 600,
  height: 600,
  initialViewState: { longitude: centre[0], latitude: centre[1], zoom },
  controller: true,
  layers: [
    new MVTLayer({
      id: 'gaza',
      data: `${server}/tiles/gaza.json?${query}`,
      loaders: [MVTLoader], // else it fetches a worker from a content network
      loadOptions: { worker: false },
      filled: true,
      stroked: true,
      lineWidthUnits: 'pixels',
      pointRadiusUnits: 'pixels',
      getPointRadius: 4,
      getFillColor: ({ properties }) => (properties.layerName === 'held' ? fills[properties.party] ?? [128, 128, 128, 128] : [0, 0, 0, 0]),
      getLineColor: ({ properties }) => (properties.layerName === 'control_lines' ? [240, 228, 66] : [91, 104, 115]),
      getLineWidth: ({ properties }) => (properties.layerName === 'control_lines' ? 3 : 1),
      onViewportLoad: () => requestAnimationFrame(() => requestAnimationFrame(() => drawn((place) => deck.getViewports()[0].project(place)))),
    }),
  ],
});
