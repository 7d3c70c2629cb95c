package referee

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Schema reads a JSON Schema of docs/ and has it known under its address. The document is
// what it says.
func Schema(t testing.TB, file, address string) (compiler *jsonschema.Compiler, document any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(Root(), "docs", file))
	if err != nil {
		t.Fatal(err)
	}
	if document, err = jsonschema.UnmarshalJSON(bytes.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	compiler = jsonschema.NewCompiler()
	if err := compiler.AddResource(address, document); err != nil {
		t.Fatal(err)
	}
	return compiler, document
}
