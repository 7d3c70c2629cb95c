package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// configure gives every flag that the command line leaves out its value from the
// environment, else from the file that --config names.
func configure(cmd *cobra.Command, environment func(string) (string, bool)) error {
	flags := cmd.Flags()
	if name, ok := environment(variable("config")); ok && !flags.Changed("config") {
		if err := flags.Set("config", name); err != nil {
			return err
		}
	}
	file, err := readConfig(flags.Lookup("config").Value.String())
	if err != nil {
		return err
	}
	for name := range file {
		if !knownFlag(cmd.Root(), name) {
			return fmt.Errorf("the configuration file sets %q, which is no flag", name)
		}
	}
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Changed || f.Name == "help" || err != nil {
			return
		}
		values, found := file[f.Name]
		source := "the configuration file"
		if value, ok := environment(variable(f.Name)); ok {
			values, found, source = []string{value}, true, variable(f.Name)
		}
		if !found {
			return
		}
		for _, value := range values {
			if e := flags.Set(f.Name, value); e != nil {
				err = fmt.Errorf("%s: --%s: %w", source, f.Name, e)
			}
		}
	})
	return err
}

// variable is the name of a flag in the environment.
func variable(flag string) string {
	return "DEMARC_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// readConfig reads {"flag": value or [values]}; values are strings, numbers or booleans.
func readConfig(name string) (map[string][]string, error) {
	if name == "" {
		return nil, nil
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("configuration file: %w", err)
	}
	var raw map[string]any
	if err := json.Unmarshal(text, &raw); err != nil {
		return nil, fmt.Errorf("configuration file %s: %w", name, err)
	}
	out := make(map[string][]string, len(raw))
	for flag, value := range raw {
		list, ok := value.([]any)
		if !ok {
			list = []any{value}
		}
		for _, v := range list {
			out[flag] = append(out[flag], fmt.Sprint(v))
		}
	}
	return out, nil
}

func knownFlag(root *cobra.Command, name string) bool {
	for _, cmd := range append(root.Commands(), root) {
		if cmd.Flags().Lookup(name) != nil || cmd.PersistentFlags().Lookup(name) != nil {
			return true
		}
	}
	return false
}
