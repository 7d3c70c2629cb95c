package browsers

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/png"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/look"

	"github.com/paulmach/orb"
)

// nearBorder is how far from a border, in pixels of a screen with two to a CSS pixel, one
// may have the colour of the other side: tiles are rounded to a quarter of one.
const nearBorder = 1

// paintedLaw says that a map paints as held what counts. Every pixel of the territory
// that is farther than nearBorder from any border has a colour of exactly those who
// hold the land there, found zone by zone, or of the hatch of what does not count. So
// a party's share is at least the part that is painted so, and at most that part with
// all pixels at borders.
type paintedLaw struct {
	*testing.T
	snapshot *data.Snapshot
	basis    string
	base     string // address of the server
}

// fillsOnly leaves on the map of a tab what covers areas, shows a box as large as fits
// at a whole zoom, where patterns are as they were made, and returns the picture.
const fillsOnly = `(async ([west, south, east, north]) => {
	const map = window.demarcMap, canvas = map.getCanvas();
	for (const { id, type } of map.getStyle().layers) if (['line', 'symbol', 'circle'].includes(type)) map.setLayoutProperty(id, 'visibility', 'none');
	const box = map.cameraForBounds([[west, south], [east, north]], { padding: 6 });
	map.jumpTo({ center: box.center, zoom: Math.floor(box.zoom) });
	await new Promise((done) => { map.once('idle', done); map.triggerRepaint(); });
	const pixel = (lon, lat) => { const { x, y } = map.project([lon, lat]); return [x * devicePixelRatio, y * devicePixelRatio]; };
	return await new Promise((tell) => {
		map.once('render', () => tell({ png: canvas.toDataURL().split(',')[1], from: pixel(west, north), to: pixel(east, south) }));
		map.triggerRepaint();
	});
})([%g, %g, %g, %g])`

// mapPicture is a picture of a map with where corners of a box are on it.
type mapPicture struct {
	PNG      string    // base64
	From, To orb.Point // north-west and south-east, in pixels
	box      orb.Bound
	image.Image
}

func (l *paintedLaw) picture(p *tab, box orb.Bound) *mapPicture {
	l.Helper()
	out := js[mapPicture](p, fillsOnly, box.Min[0], box.Min[1], box.Max[0], box.Max[1])
	text, err := base64.StdEncoding.DecodeString(out.PNG)
	if err != nil {
		l.Fatal(err)
	}
	if out.Image, err = png.Decode(bytes.NewReader(text)); err != nil {
		l.Fatal(err)
	}
	out.box = box
	return &out
}

// shape is a shape in pixels of the picture.
func (m *mapPicture) shape(shape orb.MultiPolygon) orb.MultiPolygon {
	northing := func(lat float64) float64 { return math.Asinh(math.Tan(lat * math.Pi / 180)) }
	north, south := northing(m.box.Max[1]), northing(m.box.Min[1])
	out := shape.Clone()
	for _, polygon := range out {
		for _, ring := range polygon {
			for i, at := range ring {
				ring[i] = orb.Point{
					m.From[0] + (m.To[0]-m.From[0])*(at[0]-m.box.Min[0])/(m.box.Max[0]-m.box.Min[0]),
					m.From[1] + (m.To[1]-m.From[1])*(north-northing(at[1]))/(north-south),
				}
			}
		}
	}
	return out
}

// patterns compares the pictures that the page made for its patterns with the paints of
// the look, pixel by pixel.
func (l *paintedLaw) patterns(p *tab) {
	l.Helper()
	type tile struct {
		Name string
		Side int
		Data []uint8
	}
	for _, got := range js[[]tile](p, `demarcMap.listImages().map((name) => (({ width, data }) => ({ name, side: width, data: Array.from(data) }))(demarcMap.getImage(name).data))`) {
		words := strings.Split(got.Name, " ")
		kind, dark, basis, ids := words[0], words[1] == "dark", words[2], words[3:]
		mark := look.NotHeld(data.Status(ids[0]))
		if kind == "land" {
			mark = look.Held(l.snapshot, basis, ids...)
		}
		paint := inTheme(mark, dark)
		if got.Side != paint.Side() {
			l.Errorf("%s repeats after %d, not %d", got.Name, got.Side, paint.Side())
			continue
		}
		for i := range got.Side * got.Side {
			if c := (color.NRGBA{got.Data[4*i], got.Data[4*i+1], got.Data[4*i+2], got.Data[4*i+3]}); c != paint.At(i%got.Side, i/got.Side) {
				l.Errorf("%s at %d, %d is %v, not %v", got.Name, i%got.Side, i/got.Side, c, paint.At(i%got.Side, i/got.Side))
				break
			}
		}
	}
}

// zonePixels is where a zone is on a picture.
type zonePixels struct {
	*data.Zone
	*mask
	counts bool
}

func (l *paintedLaw) check(p *tab, where string, dark bool) {
	l.Helper()
	whole := l.snapshot.Territories[slices.IndexFunc(l.snapshot.Territories, func(t data.Territory) bool { return t.ID == l.snapshot.Dataset.Territory })]
	picture := l.picture(p, whole.Shape.Bound())
	size := picture.Bounds().Size()
	territory := newMask(size.X, size.Y).fill(picture.shape(whole.Shape))
	borders := newMask(size.X, size.Y)
	borders.trace(picture.shape(whole.Shape), nearBorder)
	var zones []zonePixels
	for i := range l.snapshot.Zones {
		if z := &l.snapshot.Zones[i]; z.Basis == l.basis && z.Valid.Contains(data.DateOf(today)) {
			shape := picture.shape(z.Shape)
			borders.trace(shape, nearBorder)
			zones = append(zones, zonePixels{z, newMask(size.X, size.Y).fill(shape), data.Counts(l.snapshot, z)})
		}
	}
	inside, atBorder, wrong := 0, 0, 0
	colours := map[string][]color.NRGBA{}
	painted := map[string]int{}
	for y := range size.Y {
		for x := range size.X {
			if !territory.at(x, y) {
				continue
			}
			if inside++; borders.at(x, y) {
				atBorder++
				continue
			}
			parties, inks := standingAt(zones, x, y, dark)
			got := color.NRGBAModel.Convert(picture.At(x, y)).(color.NRGBA)
			key := data.Land{Parties: parties}.ID()
			if colours[key] == nil {
				colours[key] = l.colours(parties, dark)
			}
			if want := slices.Concat(colours[key], inks); !blended(got, want) {
				if wrong++; wrong <= 3 {
					l.Errorf("%s: at %d, %d, held by %v, it paints %v, not %v", where, x, y, parties, got, want)
				}
			}
			for _, party := range parties {
				painted[party]++
			}
		}
	}
	if wrong > 0 || inside < 80_000 {
		l.Errorf("%s: %d of %d pixels of the territory are wrong", where, wrong, inside)
		return
	}
	for _, party := range l.snapshot.Dataset.Parties {
		var share data.Share
		getJSON(l.T, l.base+"/v1/"+l.snapshot.Dataset.ID+"/share?basis="+l.basis+"&party="+party.ID, &share)
		least := 100 * float64(painted[party.ID]) / float64(inside)
		most := least + 100*float64(atBorder)/float64(inside)
		l.Logf("%s: %.2f to %.2f %% painted as land of %s, %.2f %% counts", where, least, most, party.ID, share.Percent)
		if share.Percent < least || share.Percent > most {
			l.Errorf("%s: %.2f %% counts as land of %s, not %.2f to %.2f", where, share.Percent, party.ID, least, most)
		}
	}
}

// standingAt lists the parties whose zones count at a pixel, in their order, and the
// inks of the zones there that do not count.
func standingAt(zones []zonePixels, x, y int, dark bool) (parties []string, inks []color.NRGBA) {
	for _, z := range zones {
		switch {
		case !z.at(x, y):
		case !z.counts:
			inks = append(inks, look.RGB(inTheme(look.NotHeld(z.Status), dark).Colours[0]))
		case !slices.Contains(parties, z.Party):
			parties = append(parties, z.Party)
		}
	}
	slices.Sort(parties)
	return parties, inks
}

// colours is what land of some parties is painted with, over bare land.
func (l *paintedLaw) colours(parties []string, dark bool) []color.NRGBA {
	land := look.RGB(look.Land)
	if dark {
		land = look.RGB(look.DarkLand)
	}
	if len(parties) == 0 {
		return []color.NRGBA{land}
	}
	var out []color.NRGBA
	paint := inTheme(look.Held(l.snapshot, l.basis, parties...), dark)
	for y := range paint.Side() {
		for x := range paint.Side() {
			if c := laidOver(paint.At(x, y), land); !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// inTheme is the paint of a mark by day or on the dark page.
func inTheme(m look.Mark, dark bool) look.Paint {
	if dark {
		return look.Paint{Pattern: m.Paint.Pattern, Colours: m.Dark.Colours}
	}
	return m.Paint
}

func laidOver(top, under color.NRGBA) color.NRGBA {
	mix := func(a, b uint8) uint8 {
		return uint8(math.Round((float64(a)*float64(top.A) + float64(b)*float64(255-top.A)) / 255))
	}
	return color.NRGBA{mix(top.R, under.R), mix(top.G, under.G), mix(top.B, under.B), 255}
}

// blended tells whether a colour is one of some, or a blend of two of them, to 4 of 255.
func blended(c color.NRGBA, all []color.NRGBA) bool {
	for i, a := range all {
		for _, b := range all[:i+1] {
			if fromWay(c, a, b) <= 4 {
				return true
			}
		}
	}
	return false
}

// fromWay is how far a colour is from the straight way between two others.
func fromWay(c, a, b color.NRGBA) float64 {
	between := func(to, from color.NRGBA) [3]float64 {
		return [3]float64{float64(to.R) - float64(from.R), float64(to.G) - float64(from.G), float64(to.B) - float64(from.B)}
	}
	dot := func(u, v [3]float64) float64 { return u[0]*v[0] + u[1]*v[1] + u[2]*v[2] }
	way, rest := between(b, a), between(c, a)
	along := 0.0
	if long := dot(way, way); long > 0 {
		along = min(1, max(0, dot(rest, way)/long))
	}
	for i := range rest {
		rest[i] -= along * way[i]
	}
	return math.Sqrt(dot(rest, rest))
}
