package intake

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/vm"
	"github.com/go-json-experiment/json/jsontext"
)

// Where chooses features by their properties.
type Where struct {
	program *vm.Program
	names   []string // of the properties it asks for, in order
}

// ParseWhere reads a condition of github.com/expr-lang/expr, of which it takes what
// compares: == != < <= > >= in, contains, startsWith, endsWith, matches (RE2), and, or,
// not, ?:, lower, upper and trim. Nothing in it can loop. An empty text is no condition: nil.
func ParseWhere(text string) (*Where, error) {
	if text == "" {
		return nil, nil
	}
	const most = 10_000
	if len(text) > most {
		return nil, fmt.Errorf("a condition of more than %d bytes", most)
	}
	guard := &grammar{names: map[*ast.IdentifierNode]string{}, bracketed: map[*ast.IdentifierNode]bool{}}
	options := []expr.Option{
		expr.Env(map[string]any{}), expr.AllowUndefinedVariables(), expr.AsBool(), expr.MaxNodes(500),
		expr.DisableAllBuiltins(), expr.DisableIfOperator(), expr.Optimize(false), expr.Patch(guard),
	}
	for _, f := range functions {
		options = append(options, expr.Function(f.name, f.call, f.shape))
	}
	program, err := expr.Compile(text, options...)
	if guard.bare(); guard.refused != nil {
		return nil, guard.refused.Bind(file.NewSource(text))
	}
	if err != nil {
		return nil, err
	}
	w := &Where{program: program}
	for _, name := range guard.names {
		w.names = append(w.names, name)
	}
	slices.Sort(w.names)
	w.names = slices.Compact(w.names)
	return w, nil
}

// Takes reports whether a feature of these properties counts.
func (w *Where) Takes(properties map[string]jsontext.Value) (bool, error) {
	if w == nil {
		return true, nil
	}
	env := make(map[string]any, len(w.names))
	for _, name := range w.names {
		v, err := comparableOf(properties[name])
		if err != nil {
			return false, fmt.Errorf("property %q: %w", name, err)
		}
		env[variable(name)] = v
	}
	out, err := expr.Run(w.program, env)
	if err != nil {
		what, _, _ := strings.Cut(err.Error(), "\n") // the place in the condition is of no use here
		return false, errors.New(what)
	}
	takes, ok := out.(bool)
	if !ok {
		return false, fmt.Errorf("the condition is %v here, and not true or false", shown(out))
	}
	return takes, nil
}

// unknown is the first property the condition asks for that is not among those there, "" for none.
func (w *Where) unknown(there map[string]bool) string {
	if w == nil {
		return ""
	}
	for _, name := range w.names {
		if !there[name] {
			return name
		}
	}
	return ""
}
