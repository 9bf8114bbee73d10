#pragma once

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/// A parser of `length` bytes of UTF-8, which must outlive it; NULL when memory is short.
///
/// yaml_parser_t points into itself, so it lives on the heap and never moves.
static inline yaml_parser_t *cyaml_parser_new(const unsigned char *bytes, size_t length) {
  yaml_parser_t *parser = malloc(sizeof *parser);
  if (parser == NULL) return NULL;
  if (!yaml_parser_initialize(parser)) {
    free(parser);
    return NULL;
  }
  yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(parser, bytes, length);
  return parser;
}

static inline void cyaml_parser_delete(yaml_parser_t *parser) {
  yaml_parser_delete(parser);
  free(parser);
}

/// What an event says, without the unions that Swift can't see into; pointers live as long as the event.
typedef struct {
  yaml_event_type_t type;
  const char *anchor;
  const char *tag;
  const unsigned char *value;
  size_t length;
  int is_plain;
  size_t line;
  size_t column;
} cyaml_event;

static inline cyaml_event cyaml_event_describe(const yaml_event_t *event) {
  cyaml_event result = {0};
  result.type = event->type;
  result.line = event->start_mark.line;
  result.column = event->start_mark.column;
  switch (event->type) {
  case YAML_ALIAS_EVENT:
    result.anchor = (const char *)event->data.alias.anchor;
    break;
  case YAML_SCALAR_EVENT:
    result.anchor = (const char *)event->data.scalar.anchor;
    result.tag = (const char *)event->data.scalar.tag;
    result.value = event->data.scalar.value;
    result.length = event->data.scalar.length;
    result.is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    break;
  case YAML_SEQUENCE_START_EVENT:
    result.anchor = (const char *)event->data.sequence_start.anchor;
    result.tag = (const char *)event->data.sequence_start.tag;
    break;
  case YAML_MAPPING_START_EVENT:
    result.anchor = (const char *)event->data.mapping_start.anchor;
    result.tag = (const char *)event->data.mapping_start.tag;
    break;
  default:
    break;
  }
  return result;
}
