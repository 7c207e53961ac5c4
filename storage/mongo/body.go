package mongo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// fromJSON turns a JSON object into BSON, its fields in their order.
func fromJSON(b []byte) (bson.D, error) {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	v, err := value(dec)
	if err != nil {
		return nil, fmt.Errorf("body: %w", err)
	}
	d, ok := v.(bson.D)
	if !ok {
		return nil, fmt.Errorf("body: not an object")
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, fmt.Errorf("body: something follows the object")
	}
	return d, nil
}

func value(dec *json.Decoder) (any, error) {
	t, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch t := t.(type) {
	case json.Delim:
		if t == '{' {
			return object(dec)
		}
		return array(dec)
	case json.Number:
		return number(t)
	default:
		return t, nil // string, bool or nil
	}
}

func object(dec *json.Decoder) (bson.D, error) {
	d := bson.D{}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, err
		}
		v, err := value(dec)
		if err != nil {
			return nil, err
		}
		d = append(d, bson.E{Key: name.(string), Value: v}) // the decoder lets nothing else be a name
	}
	_, err := dec.Token()
	return d, err
}

func array(dec *json.Decoder) (bson.A, error) {
	a := bson.A{}
	for dec.More() {
		v, err := value(dec)
		if err != nil {
			return nil, err
		}
		a = append(a, v)
	}
	_, err := dec.Token()
	return a, err
}

// number keeps a whole number whole and refuses one that BSON would change.
func number(n json.Number) (any, error) {
	text := n.String()
	if i, err := strconv.ParseInt(text, 10, 64); err == nil && text != "-0" {
		return i, nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil, err
	}
	if same, err := json.Marshal(f); err == nil && isWhole(text) && string(same) != text {
		return nil, fmt.Errorf("number %s does not fit 64 bits with a sign", text)
	}
	return f, nil
}

func isWhole(number string) bool { return strings.Trim(number, "-0123456789") == "" && number != "-0" }

// toJSON writes BSON as encoding/json would have written it, byte for byte, so that a record that was read and not changed compares equal.
func toJSON(r bson.Raw) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(len(r))
	if err := writeObject(&b, r); err != nil {
		return nil, fmt.Errorf("body: %w", err)
	}
	return b.Bytes(), nil
}

func writeObject(b *bytes.Buffer, r bson.Raw) error {
	elements, err := r.Elements()
	if err != nil {
		return err
	}
	b.WriteByte('{')
	for i, e := range elements {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := writeScalar(b, e.Key()); err != nil {
			return err
		}
		b.WriteByte(':')
		if err := writeValue(b, e.Value()); err != nil {
			return fmt.Errorf("%s: %w", e.Key(), err)
		}
	}
	b.WriteByte('}')
	return nil
}

func writeArray(b *bytes.Buffer, a bson.RawArray) error {
	values, err := a.Values()
	if err != nil {
		return err
	}
	b.WriteByte('[')
	for i, v := range values {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := writeValue(b, v); err != nil {
			return err
		}
	}
	b.WriteByte(']')
	return nil
}

func writeValue(b *bytes.Buffer, v bson.RawValue) error {
	switch v.Type {
	case bson.TypeEmbeddedDocument:
		return writeObject(b, v.Document())
	case bson.TypeArray:
		return writeArray(b, v.Array())
	case bson.TypeString:
		return writeScalar(b, v.StringValue())
	case bson.TypeBoolean:
		return writeScalar(b, v.Boolean())
	case bson.TypeInt32, bson.TypeInt64:
		return writeScalar(b, v.AsInt64())
	case bson.TypeDouble:
		return writeScalar(b, v.Double())
	case bson.TypeNull:
		b.WriteString("null")
		return nil
	default:
		return fmt.Errorf("a value of type %s, which is not ours", v.Type)
	}
}

func writeScalar(b *bytes.Buffer, v any) error {
	j, err := json.Marshal(v)
	b.Write(j)
	return err
}
