// Command keyring-oracle says what a kubelet would try for an image: it asks the kubelet's own packages.
//
// It reads one JSON question per line from stdin and writes one JSON answer per line to stdout, in the same order.
// The fields are those of question and answer below; README.md beside this file shows examples.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/credentialprovider"
	"k8s.io/kubernetes/pkg/credentialprovider/secrets"
	"k8s.io/kubernetes/pkg/util/parsers"
)

// question is one pull. Data is base64, as in a Secret of the API.
type question struct {
	Secrets []struct {
		Name string            `json:"name"`
		Type string            `json:"type"`
		Data map[string][]byte `json:"data"`
	} `json:"secrets"`
	Image  string `json:"image"`  // as in the pod
	Repo   string `json:"repo"`   // instead of image: a name that is normalised already
	Glob   string `json:"glob"`   // with target: the matcher alone
	Target string `json:"target"` //
}

// tried is one credential, in the order of the kubelet.
type tried struct {
	Username string `json:"username"`
	Password string `json:"password"`
	Secret   string `json:"secret"`
}

// answer has stage and error when the kubelet would not come as far as trying: stage is image, keyring or glob.
type answer struct {
	Repo        string  `json:"repo,omitempty"`
	Tag         string  `json:"tag,omitempty"`
	Digest      string  `json:"digest,omitempty"`
	Credentials []tried `json:"credentials,omitempty"`
	Match       bool    `json:"match,omitempty"`
	Stage       string  `json:"stage,omitempty"`
	Error       string  `json:"error,omitempty"`
}

func reply(q question) answer {
	var a answer
	fail := func(stage string, err error) answer {
		a.Stage, a.Error = stage, err.Error()
		return a
	}
	if q.Glob != "" || q.Target != "" {
		match, err := credentialprovider.URLsMatchStr(q.Glob, q.Target)
		if err != nil {
			return fail("glob", err)
		}
		a.Match = match
		return a
	}

	a.Repo = q.Repo
	if q.Image != "" {
		var err error
		if a.Repo, a.Tag, a.Digest, err = parsers.ParseImageName(q.Image); err != nil {
			return fail("image", err)
		}
	}

	var pull []corev1.Secret
	for _, s := range q.Secrets {
		pull = append(pull, corev1.Secret{
			ObjectMeta: metav1.ObjectMeta{Name: s.Name},
			Type:       corev1.SecretType(s.Type),
			Data:       s.Data,
		})
	}
	// An empty union stands for the node's own credentials: no config.json, no credential provider plugin.
	ring, err := secrets.MakeDockerKeyring(pull, credentialprovider.UnionDockerKeyring{})
	if err != nil {
		return fail("keyring", err)
	}
	found, _ := ring.Lookup(a.Repo)
	for _, c := range found {
		t := tried{Username: c.Username, Password: c.Password}
		if c.Source != nil && c.Source.Secret != nil {
			t.Secret = c.Source.Secret.Name
		}
		a.Credentials = append(a.Credentials, t)
	}
	return a
}

func run(in io.Reader, out io.Writer) error {
	lines := json.NewDecoder(bufio.NewReaderSize(in, 1<<20))
	buffered := bufio.NewWriter(out)
	answers := json.NewEncoder(buffered)
	answers.SetEscapeHTML(false)
	for {
		var q question
		if err := lines.Decode(&q); err == io.EOF {
			return buffered.Flush()
		} else if err != nil {
			return fmt.Errorf("question: %w", err)
		}
		if err := answers.Encode(reply(q)); err != nil {
			return fmt.Errorf("answer: %w", err)
		}
	}
}

func main() {
	// The kubelet logs every key that it cannot read.
	quiet := flag.NewFlagSet("klog", flag.ContinueOnError)
	klog.InitFlags(quiet)
	if err := quiet.Parse([]string{"-logtostderr=false", "-stderrthreshold=FATAL"}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	klog.SetOutput(io.Discard)
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
