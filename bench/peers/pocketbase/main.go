// PocketBase with one more command, which fills it: pocketbase load ITEMS.json --dir DIRECTORY
package main

import (
	"encoding/json"
	"log"
	"os"

	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
	"github.com/spf13/cobra"
)

// Anyone may list and view; page and position have an index.
func collection() *core.Collection {
	questions := core.NewBaseCollection("questions")
	questions.ListRule = types.Pointer("")
	questions.ViewRule = types.Pointer("")
	id := questions.Fields.GetByName("id").(*core.TextField)
	id.Min, id.Max, id.Pattern, id.AutogeneratePattern = 1, 64, `^[a-z0-9-]+$`, ""
	questions.Fields.Add(
		&core.NumberField{Name: "position", OnlyInt: true},
		&core.TextField{Name: "difficulty"},
		&core.TextField{Name: "question", Max: 100000},
		&core.JSONField{Name: "context"},
		&core.JSONField{Name: "section"},
		&core.JSONField{Name: "source"},
		&core.JSONField{Name: "answer"},
	)
	questions.AddIndex("questions_in_order", true, "position", "")
	return questions
}

func fill(app core.App, items []map[string]any) error {
	questions := collection()
	if err := app.Save(questions); err != nil {
		return err
	}
	for position, item := range items {
		record := core.NewRecord(questions)
		record.Load(item)
		record.Set("position", position)
		if err := app.SaveNoValidate(record); err != nil {
			return err
		}
	}
	return nil
}

func load(app core.App, path string) error {
	var items []map[string]any
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, &items)
	}
	if err != nil {
		return err
	}
	app.Settings().Logs.MaxDays = 0 // no row for each request
	if err := app.Save(app.Settings()); err != nil {
		return err
	}
	return app.RunInTransaction(func(app core.App) error { return fill(app, items) })
}

func main() {
	app := pocketbase.New()
	app.RootCmd.AddCommand(&cobra.Command{
		Use:  "load ITEMS",
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, arguments []string) error { return load(app, arguments[0]) },
	})
	app.OnServe().BindFunc(func(event *core.ServeEvent) error {
		event.InstallerFunc = nil // opens a browser
		return event.Next()
	})
	if err := app.Start(); err != nil {
		log.Fatal(err)
	}
}
