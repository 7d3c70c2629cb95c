package main

import (
	"fmt"
)

// makers returns ours first, then the peers that are there; the others are skipped in r.
func (w *work) makers(b *Bench, r *Result) (names []string, all []maker, err error) {
	names, all = []string{"demarc"}, []maker{ourMaker{}}
	if d, err := b.postgis(); err != nil {
		r.skip(postgisName, err.Error())
	} else {
		table, err := d.table(b.ctx, w.set)
		if err != nil {
			return nil, nil, err
		}
		names, all = append(names, postgisName), append(all, &sqlMaker{d, table})
	}
	for _, peer := range [][2]string{{vtName, "geojson-vt"}, {maplibreName, "@maplibre/geojson-vt"}} {
		m, err := w.nodeMaker(b, peer[1])
		if err != nil {
			r.skip(peer[0], err.Error())
			continue
		}
		names, all = append(names, peer[0]), append(all, m)
	}
	return names, all, nil
}

// Names of the peers, as they are printed.
const (
	postgisName  = "PostGIS ST_AsMVT"
	vtName       = "geojson-vt 5.0.3"
	maplibreName = "@maplibre/geojson-vt 6.3.1"
)

// ourMaker makes tiles with demarc/tiles.
type ourMaker struct{}

func (ourMaker) close() error { return nil }

func (ourMaker) pass(b *Bench, w *work) (*passed, error) {
	p := &passed{tiles: make([][]byte, len(w.tiles))}
	now := own()
	for at := 0; at < len(w.tiles); {
		z := w.tiles[at][0]
		begun := now()
		for range w.count[z] {
			t := w.tiles[at]
			body, err := w.ours.Tile(b.ctx, t[0], t[1], t[2])
			if err != nil {
				return nil, err
			}
			if body != nil {
				p.tiles[at] = body.Identity()
			}
			at++
		}
		p.seconds[z] = now() - begun
	}
	return p, nil
}

// sqlMaker makes tiles in PostGIS.
type sqlMaker struct {
	database *database
	table    string
}

func (*sqlMaker) close() error { return nil }

func (m *sqlMaker) pass(b *Bench, w *work) (*passed, error) {
	p := &passed{tiles: make([][]byte, len(w.tiles))}
	now := m.database.clock()
	for at := 0; at < len(w.tiles); {
		z := w.tiles[at][0]
		n := w.count[z]
		var columns, lines []int32
		for _, t := range w.tiles[at : at+n] {
			columns, lines = append(columns, int32(t[1])), append(lines, int32(t[2]))
		}
		begun := now()
		rows, err := m.database.conn.Query(b.ctx, fmt.Sprintf(`SELECT tile FROM unnest($2::int[], $3::int[]) WITH ORDINALITY AS t(x, y, at)
			CROSS JOIN LATERAL (SELECT ST_AsMVT(q, 'zones', 4096, 'geom', 'fid') AS tile FROM (
				SELECT number AS fid, id, party, status, number AS x_number,
					ST_AsMVTGeom(mercator, ST_TileEnvelope($1, x, y), 4096, 64, true) AS geom
				FROM %s WHERE mercator && ST_TileEnvelope($1, x, y, margin => 64.0 / 4096)) q WHERE geom IS NOT NULL) m ORDER BY at`, m.table), int32(z), columns, lines)
		if err != nil {
			return nil, err
		}
		for i := at; rows.Next(); i++ {
			if err := rows.Scan(&p.tiles[i]); err != nil {
				return nil, err
			}
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
		p.seconds[z] = now() - begun
		at += n
	}
	return p, nil
}
