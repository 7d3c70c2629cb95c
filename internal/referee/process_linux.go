package referee

import "syscall"

// EndWithThisProcess has a program that is to be started get a signal when this
// process ends, in whatever way. Only Linux does it.
func EndWithThisProcess(attr *syscall.SysProcAttr, signal syscall.Signal) { attr.Pdeathsig = signal }
