package intake

import (
	"errors"
	"fmt"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
)

// byName is how properties whose names are no words are written: prop["fill-opacity"].
const byName = "prop"

// grammar walks a condition, refuses what is no comparison of properties, notes the
// names of those, and puts our own comparisons in the place of expr's, which know
// nothing of numbers that are written as texts.
type grammar struct {
	names     map[*ast.IdentifierNode]string // of properties
	bracketed map[*ast.IdentifierNode]bool   // written prop["name"]
	refused   *file.Error                    // the first thing that is none
}

// Visit implements ast.Visitor. What a node holds is visited before it.
func (g *grammar) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.NilNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.StringNode, *ast.ArrayNode, *ast.ConditionalNode, *ast.ChainNode:
	case *ast.IdentifierNode:
		g.property(node, n.Value)
	case *ast.UnaryNode:
		if n.Operator == "+" || n.Operator == "-" {
			switch n.Node.(type) {
			case *ast.IntegerNode, *ast.FloatNode:
			default:
				g.refuse(n, "nothing is computed here: a sign stands before a number only")
			}
		}
	case *ast.BinaryNode:
		g.binary(node, n)
	case *ast.MemberNode:
		g.member(node, n)
	case *ast.CallNode:
		g.call(n)
	default:
		g.refuse(n, "this is no comparison of properties: ==, !=, <, <=, >, >=, in, contains, startsWith, endsWith, matches, and, or, not and ?: are known")
	}
}

// binary puts our comparison in the place of an operator.
func (g *grammar) binary(node *ast.Node, n *ast.BinaryNode) {
	switch n.Operator {
	case "and", "&&", "or", "||":
	case "==", "!=", "<", "<=", ">", ">=", "in":
		ast.Patch(node, &ast.CallNode{Callee: &ast.IdentifierNode{Value: comparison(n.Operator)}, Arguments: []ast.Node{n.Left, n.Right}})
	case "matches", "contains", "startsWith", "endsWith":
		if _, constant := n.Right.(*ast.StringNode); !constant && n.Operator == "matches" {
			g.refuse(n.Right, "what is matched is written in quotes")
			return
		}
		n.Left, n.Right = asText(n.Left), asText(n.Right)
	default:
		g.refuse(n, fmt.Sprintf("%q is no comparison of properties", n.Operator))
	}
}

func asText(n ast.Node) ast.Node {
	if _, constant := n.(*ast.StringNode); constant {
		return n
	}
	call := &ast.CallNode{Callee: &ast.IdentifierNode{Value: toText}, Arguments: []ast.Node{n}}
	call.SetLocation(n.Location())
	return call
}

// property takes a node for a property.
func (g *grammar) property(node *ast.Node, name string) {
	made := &ast.IdentifierNode{Value: variable(name)}
	ast.Patch(node, made)
	g.names[made] = name
}

// call takes what looked like a property for one of the functions.
func (g *grammar) call(n *ast.CallNode) {
	callee, ok := n.Callee.(*ast.IdentifierNode)
	name := g.names[callee]
	if !ok || !isWord(name) || len(n.Arguments) != 1 {
		g.refuse(n, "the functions are lower(x), upper(x) and trim(x)")
		return
	}
	delete(g.names, callee)
	callee.Value = name
}

// member takes prop["name"] and prop.name for the property.
func (g *grammar) member(node *ast.Node, n *ast.MemberNode) {
	of, isName := n.Node.(*ast.IdentifierNode)
	name, constant := n.Property.(*ast.StringNode)
	if !isName || g.names[of] != byName || !constant {
		g.refuse(n, `a property is written by its name, or prop["its name"]`)
		return
	}
	delete(g.names, of)
	g.property(node, name.Value)
	g.bracketed[(*node).(*ast.IdentifierNode)] = true
}

// bare refuses prop without the name of a property.
func (g *grammar) bare() {
	for n, name := range g.names {
		if name == byName && !g.bracketed[n] {
			g.refuse(n, `prop is followed by the name of a property in brackets, as in prop["fill-opacity"]`)
		}
	}
}

func (g *grammar) refuse(n ast.Node, why string) {
	if g.refused == nil {
		g.refused = &file.Error{Location: n.Location(), Message: why}
	}
}

// variable is what a condition knows a property by; no function has such a name.
func variable(property string) string { return "the " + property }

// toText is the function that writes a value as text; no name of a person's can be it.
const toText = "as text"

// comparison is the function in the place of an operator, likewise.
func comparison(operator string) string { return "by " + operator }

// functions are those that a condition calls, by its own words or in the place of operators.
var functions = []struct {
	name  string
	call  func(...any) (any, error)
	shape any
}{
	{"lower", onText(strings.ToLower), new(func(any) any)},
	{"upper", onText(strings.ToUpper), new(func(any) any)},
	{"trim", onText(strings.TrimSpace), new(func(any) any)},
	{toText, onText(func(s string) string { return s }), new(func(any) any)},
	{comparison("=="), func(p ...any) (any, error) { return equal(p[0], p[1]), nil }, new(func(any, any) bool)},
	{comparison("!="), func(p ...any) (any, error) { return !equal(p[0], p[1]), nil }, new(func(any, any) bool)},
	{comparison("<"), inOrder(func(c int) bool { return c < 0 }), new(func(any, any) bool)},
	{comparison("<="), inOrder(func(c int) bool { return c <= 0 }), new(func(any, any) bool)},
	{comparison(">"), inOrder(func(c int) bool { return c > 0 }), new(func(any, any) bool)},
	{comparison(">="), inOrder(func(c int) bool { return c >= 0 }), new(func(any, any) bool)},
	{comparison("in"), isIn, new(func(any, any) bool)},
}

// isWord reports whether a person may call the function.
func isWord(name string) bool { return name == "lower" || name == "upper" || name == "trim" }

// onText is a function of texts that leaves nothing as it is.
func onText(f func(string) string) func(...any) (any, error) {
	return func(p ...any) (any, error) {
		text, there := written(p[0])
		if !there {
			return nil, nil
		}
		return f(text), nil
	}
}

func inOrder(is func(int) bool) func(...any) (any, error) {
	return func(p ...any) (any, error) {
		c, comparable, err := order(p[0], p[1])
		return comparable && is(c), err
	}
}

func isIn(p ...any) (any, error) {
	all, ok := p[1].([]any)
	if !ok {
		return nil, errors.New("in wants a list: status in [\"a\", \"b\"]")
	}
	for _, one := range all {
		if equal(p[0], one) {
			return true, nil
		}
	}
	return false, nil
}
