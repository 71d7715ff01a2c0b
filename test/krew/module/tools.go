//go:build tools

// Package tools names what is built from here, so that `go mod tidy` keeps it.
package tools

import (
	_ "sigs.k8s.io/krew/cmd/krew"
	_ "sigs.k8s.io/krew/cmd/validate-krew-manifest"
)
