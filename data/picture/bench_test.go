package picture

import (
	"bytes"
	"image/png"
	"testing"
)

// The ceiling of a picture is its file: what is drawn has to be compressed.
func BenchmarkAPicture(b *testing.B) {
	said := stated(b, "2026-01-20", "en")
	plate := NewPlate(said)
	b.Run("map", func(b *testing.B) {
		for b.Loop() {
			NewPlate(said)
		}
	})
	b.Run("words", func(b *testing.B) {
		for b.Loop() {
			if _, err := plate.with(said); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("file alone", func(b *testing.B) {
		encoder := png.Encoder{CompressionLevel: png.BestSpeed}
		for b.Loop() {
			if err := encoder.Encode(&bytes.Buffer{}, plate.drawn); err != nil {
				b.Fatal(err)
			}
		}
	})
}
