// Package catalogue holds the snapshots that are served, those before them and
// those of the past, and reads the words by which requests name them.
//
// catalogue.go is one published set and current.go the one of the moment; past.go
// reads what was published once and is asked for now; loaded.go is a snapshot
// ready to be asked, with the headers that name it, context.go what lies around it. parameters.go reads ids and
// days, address.go the address of a tile.
package catalogue
