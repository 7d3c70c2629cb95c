// Package atomicfile writes files and folders whole or not at all.
//
// A writer works under another name in the same folder, brings what it wrote to
// disk, and then takes the name by one rename. Readers see the old file or the
// new one, also after a power cut. Writers of one name take turns by a lock, in
// one process or in several; the lock of a process that was killed is free.
//
//	replace.go  Replace writes a file, Update changes one
//	folder.go   NewFolder writes a folder
//	replace_folder.go  ReplaceFolder replaces one, by exchange.go
//	lock.go     Open and TryLock lock a file that is open
//	sync.go     what was written reaches the disk
package atomicfile
