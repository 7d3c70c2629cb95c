package main

import (
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/mapcontext"
	"github.com/demarc-map/demarc/internal/carry"

	"github.com/fsnotify/fsnotify"
)

// quiet is how long nothing may have changed in a folder before it is read
// again: an editor or a copy touches several files one after another.
const quiet = 500 * time.Millisecond

// patience is how long changes may go on before the folder is read all the same:
// a log that grows in it would keep a correction from ever being served.
const patience = 3 * time.Second

// watch tells on a channel that files of the datasets in the folders changed, or
// other files that are named themselves, once for each flurry of changes, and from time to time while one does not end. A
// folder may also be replaced as a whole, or be a link that is turned to another
// one. A panic is told to met, and the watching goes on. stop, which is never nil,
// ends the watching.
func watch(folders []string, told chan<- struct{}, log *slog.Logger, met func(during string, bug error)) (stop func(), err error) {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return func() {}, err
	}
	named := map[string]bool{} // the folders, as events name them
	for _, folder := range folders {
		folder, err := filepath.Abs(folder)
		if err != nil {
			return func() {}, errors.Join(err, watcher.Close())
		}
		named[folder] = true
		_ = watcher.Add(filepath.Join(folder, mapcontext.Folder)) // which few have
		for _, path := range []string{folder, filepath.Dir(folder)} {
			if err := watcher.Add(path); err != nil {
				return func() {}, errors.Join(err, watcher.Close())
			}
		}
	}
	tell := func(bug *carry.Bug) { met("watching folders", bug) }
	ended := carry.Go(func() {
		for {
			bug := carry.Recover(func() { follow(watcher, named, told, log) })
			if bug == nil {
				return
			}
			tell(bug)
			time.Sleep(quiet)
		}
	}, tell)
	return func() {
		_ = watcher.Close() // it is nobody's any more
		<-ended
	}, nil
}

// ofContext reports whether a path is a file of the map context of one of the folders.
func ofContext(named map[string]bool, path string) bool {
	in := filepath.Dir(path)
	return filepath.Base(in) == mapcontext.Folder && named[filepath.Dir(in)] && mapcontext.IsFile(filepath.Base(path))
}

// counts reports whether a change to a name in a folder may change the dataset: it
// is one of its files, the folder of its map context, or the link "..data" through which
// Kubernetes turns all of them at once. An editor's swap file and a log are neither.
func counts(name string) bool {
	return data.IsFile(name) || name == mapcontext.Folder || strings.HasPrefix(name, "..")
}

// follow tells of changes until the watcher is closed.
func follow(watcher *fsnotify.Watcher, named map[string]bool, told chan<- struct{}, log *slog.Logger) {
	still := time.NewTimer(quiet)
	still.Stop()
	defer still.Stop()
	var first time.Time // of the changes that are not told of yet
	changed := func() {
		if first.IsZero() {
			first = time.Now()
		}
		still.Reset(min(quiet, max(0, time.Until(first.Add(patience)))))
	}
	for {
		select {
		case event, open := <-watcher.Events:
			if !open {
				return
			}
			inside, itself := named[filepath.Dir(event.Name)] && counts(filepath.Base(event.Name)), named[event.Name]
			if event.Op != fsnotify.Chmod && (inside || itself || ofContext(named, event.Name)) {
				changed()
			}
		case err, open := <-watcher.Errors:
			if !open {
				return
			}
			log.Warn("watching folders", "error", err)
			changed() // something may have been missed
		case <-still.C:
			first = time.Time{}
			for folder := range named { // perhaps another folder by now
				_ = watcher.Remove(folder) // it may be gone, and the watch with it
				if err := watcher.Add(folder); err != nil {
					log.Warn("watching a folder", "error", err)
				}
				_ = watcher.Add(filepath.Join(folder, mapcontext.Folder))
			}
			select {
			case told <- struct{}{}:
			default: // told already
			}
		}
	}
}
