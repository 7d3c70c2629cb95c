//go:build unix

package referee

import "syscall"

// runAs has a program run as another user.
func runAs(uid, gid int) (*syscall.SysProcAttr, error) {
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}
