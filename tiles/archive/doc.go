// Package archive writes one edition of an atlas as a single file of tiles:
// PMTiles 3 for static hosting, or MBTiles 1.3 for programs that read SQLite.
//
// Tiles are the very bytes that the atlas answers, compressed by gzip, and only
// those that are not empty. Equal tiles are stored once. Zooms, columns (from
// the west) and rows (from the north) are those of the atlas; MBTiles counts
// rows from the south, which mbtiles.go alone knows.
//
// Writing has two steps. The tiles are made into a journal beside the file
// (journal.go, make.go), which is most of the work and goes on where it was
// interrupted. The file is then put together from the journal under a temporary
// name and takes its own name when it is whole and on disk (replace.go).
//
// About 100 bytes of memory are used for each distinct tile and 24 for each run of
// equal tiles; the tiles themselves stay on disk. The same snapshot, edition and
// zooms give the same PMTiles bytes.
package archive
