package main

import (
	"context"
	"fmt"
	"os"

	"aulacomune/content"
	"aulacomune/course"
)

type checkCmd struct {
	Dir string `arg:"" help:"The course's folder (with course.yaml)." type:"existingdir"`
}

// Run compiles and prints the findings; errors make it fail.
func (c *checkCmd) Run(ctx context.Context) error {
	folder, err := content.ReadFolder(ctx, os.DirFS(c.Dir))
	if err != nil {
		return err
	}
	made, findings := content.Compile(folder)
	printFindings(findings)
	if course.HasErrors(findings) {
		return errSaid
	}
	fmt.Printf("%s: %d modules, %d learning objects, %d minutes, hash %s\n", made.Slug, len(made.Modules), made.Count(), made.Minutes, made.Hash)
	return nil
}

func printFindings(findings []course.Finding) {
	for _, f := range findings {
		fmt.Println(f)
		if f.Hint != "" {
			fmt.Println("    " + f.Hint)
		}
	}
}
