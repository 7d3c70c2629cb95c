// Package checked keeps in a folder what was read and checked, for the runs of the same
// program that follow. A folder that cannot be used, a file that is damaged, and a disk
// that is full cost time and are no errors.
//
//	folder.go   taking and keeping files
//	bound.go    the oldest give room, and what killed writers left goes
//	program.go  which program this is, so that none trusts another
//	owner_unix.go, owner_other.go  whose the folder is
package checked
