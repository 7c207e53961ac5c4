package main

import (
	"context"
	"os"
	"time"

	"aulacomune/lms/meeting"
)

// meetings is where webinars are held that have no link of their own.
type meetings struct {
	BBB           string `name:"bbb" help:"BigBlueButton, https://bbb.example.it/bigbluebutton/ as bbb-conf --secret says it: webinars without a link are held there. Its secret comes from AULA_BBB_SECRET, or from the file in AULA_BBB_SECRET_FILE." env:"AULA_BBB"`
	BBBSecretFile string `name:"bbb-secret-file" help:"File with BigBlueButton's secret." env:"AULA_BBB_SECRET_FILE" type:"path"`
	BBBHash       string `name:"bbb-hash" help:"How its calls are signed: sha256, or sha1 for servers before 2.4." default:"sha256" enum:"sha256,sha1" env:"AULA_BBB_HASH"`
}

// meeting is what the house is told of it.
func (m meetings) meeting() meeting.Config {
	return meeting.Config{URL: m.BBB, Secret: os.Getenv("AULA_BBB_SECRET"), SecretFile: m.BBBSecretFile, Hash: meeting.Hash(m.BBBHash)}
}

// bbb asks the server for a meeting that is not there: that it says so shows that it answers, and that the secret is right.
func (c *doctorCmd) bbb(ctx context.Context) ailment {
	a := ailment{part: "meetings", state: "BigBlueButton"}
	if c.BBB == "" {
		a.state = "no BigBlueButton: webinars are held wherever their link leads"
		return a
	}
	room, err := c.meeting().Open()
	if err != nil {
		return a.because(err, "look at --bbb, AULA_BBB_SECRET and AULA_BBB_SECRET_FILE")
	}
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	if _, err := room.Running(ctx, meeting.Session{ID: "doctor", Title: "doctor"}); err != nil {
		return a.because(err, "nobody gets into webinars that are held there: look at its address, at its secret (bbb-conf --secret) and at --bbb-hash")
	}
	a.state += " answers"
	return a
}
