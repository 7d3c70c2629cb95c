// Package pack writes values closely packed into a file of blocks, and reads them back
// exactly. A file names what it was made of and ends with the hash of everything before,
// so that one that is damaged, cut off or of something else is none.
//
//	file.go    a file of blocks
//	row.go     values in a block
//	texts.go   texts that occur often, by number
//	paths.go   lists of positions, each once
//	position.go  how the positions of one are packed
package pack
