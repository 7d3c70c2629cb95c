package house

import (
	"go/ast"
	"slices"
	"strings"
)

// StartsGoroutines lists what of a file starts a goroutine, or may: the panic of
// one ends the process unless somebody carries it.
func StartsGoroutines(file *ast.File) []ast.Node {
	return find(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			return true
		case *ast.ImportSpec:
			return imports(n, "golang.org/x/sync/errgroup", "golang.org/x/sync/singleflight")
		case *ast.SelectorExpr:
			of, ok := n.X.(*ast.Ident)
			return ok && (of.Name == "sync" && n.Sel.Name == "WaitGroup" || (of.Name == "time" || of.Name == "context") && n.Sel.Name == "AfterFunc")
		}
		return false
	})
}

// MayRace lists these, and what has code of a file run by goroutines that others
// start: handlers of HTTP, tests beside each other, finalizers and pulled iterators.
func MayRace(file *ast.File) []ast.Node {
	return append(StartsGoroutines(file), find(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return imports(n, "net/http", "net/http/httptest")
		case *ast.SelectorExpr:
			return slices.Contains([]string{"Parallel", "RunParallel", "AddCleanup", "SetFinalizer", "Pull", "Pull2"}, n.Sel.Name)
		}
		return false
	})...)
}

func find(file *ast.File, wanted func(ast.Node) bool) (found []ast.Node) {
	ast.Inspect(file, func(n ast.Node) bool {
		if n != nil && wanted(n) {
			found = append(found, n)
		}
		return true
	})
	return found
}

func imports(n *ast.ImportSpec, any ...string) bool {
	return slices.Contains(any, strings.Trim(n.Path.Value, `"`))
}
