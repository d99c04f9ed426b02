"""Makes kubernetes.json and keda.json from the type declarations of npm's kubernetes-models packages; see README.md."""
import json
import re
import sys

ROOT = sys.argv[1]  # with the folders below, unpacked
FOLDERS = {"@kubernetes-models/apimachinery": "apimachinery", "kubernetes-models": "kubernetes", "keda": "keda"}
KINDS = {
    "kubernetes.json": {
        "apps.v1.Deployment": "kubernetes/apps/v1/Deployment",
        "v1.Service": "kubernetes/v1/Service",
        "v1.ConfigMap": "kubernetes/v1/ConfigMap",
        "v1.Secret": "kubernetes/v1/Secret",
        "policy.v1.PodDisruptionBudget": "kubernetes/policy/v1/PodDisruptionBudget",
        "networking.k8s.io.v1.NetworkPolicy": "kubernetes/networking.k8s.io/v1/NetworkPolicy",
    },
    "keda.json": {
        "keda.sh.v1alpha1.ScaledObject": "keda/keda.sh/v1alpha1/ScaledObject",
        "keda.sh.v1alpha1.TriggerAuthentication": "keda/keda.sh/v1alpha1/TriggerAuthentication",
    },
}
TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[A-Za-z_$][\w$.]*|[-\d.]+|\[key: string\]|[{}()<>|:;?,&\[\]])')


class Parser:
    def __init__(self, text, names, want):
        self.tokens = TOKEN.findall(text)
        self.at, self.names, self.want = 0, names, want

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, expected=None):
        token = self.tokens[self.at]
        assert expected in (None, token), (expected, token, self.tokens[self.at - 5 : self.at + 5])
        self.at += 1
        return token

    def union(self):
        options = [self.single()]
        while self.peek() == "|":
            self.take()
            options.append(self.single())
        constants = [option["const"] for option in options if "const" in option]
        if len(constants) == len(options):
            return {"enum": constants} if len(constants) > 1 else options[0]
        return options[0] if len(options) == 1 else {"anyOf": options}

    def single(self):
        token = self.take()
        if token == "{":
            return self.object()
        if token == "(":
            inner = self.union()
            self.take(")")
            return inner
        if token == "Array":
            self.take("<")
            inner = self.union()
            self.take(">")
            return {"type": "array", "items": inner}
        if token.startswith('"'):
            return {"const": json.loads(token)}
        if token in ("string", "number", "boolean", "null"):
            return {"type": token}
        if token in ("any", "unknown", "object"):
            return {}
        return {"$ref": "#/$defs/" + self.want(self.names[token])}

    def object(self):
        properties, required, others = {}, [], False
        while self.peek() != "}":
            if self.peek() == "[key: string]":
                self.take()
                self.take(":")
                others = self.union()
            else:
                name = json.loads(self.take())
                optional = self.peek() == "?"
                if optional:
                    self.take()
                self.take(":")
                properties[name] = self.union()
                if not optional:
                    required.append(name)
            self.take(";")
        self.take("}")
        schema = {"type": "object", "additionalProperties": others}
        if properties:
            schema["properties"] = properties
        if required:
            schema["required"] = required
        return schema


def declaration(path):
    text = open(f"{ROOT}/{path}.d.ts", encoding="utf-8").read()
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S)


def imports(path, text):
    names = {}
    for listed, source in re.findall(r'import \{ ([^}]*) } from "([^"]+)"', text):
        for name in listed.split(", "):
            if source.startswith("."):
                parts = path.split("/")[:-1]
                for part in source.removesuffix(".js").split("/"):
                    parts = parts[:-1] if part == ".." else parts if part == "." else parts + [part]
                names[name] = "/".join(parts)
            elif source in ("@kubernetes-models/base",):
                continue
            else:
                package = max((known for known in FOLDERS if source.startswith(known)), key=len)
                names[name] = FOLDERS[package] + source[len(package) :].removesuffix(".js")
    return names


def build(kinds):
    definitions, waiting = {}, []

    def want(path):
        short = path.split("/")[-1]
        name = "".join(short if part == path else part + "." for part in path.split("/")[1:-1]) + short
        if name not in definitions:
            definitions[name] = None
            waiting.append((name, path))
        return name

    for path in kinds.values():
        want(path)
    while waiting:
        name, path = waiting.pop()
        text = declaration(path)
        short = path.split("/")[-1]
        names = imports(path, text)
        found = re.search(r"export interface I" + short + r"(?: extends TypeMeta)? \{", text)
        if found:
            parser = Parser(text[found.end() :], names, want)
            definitions[name] = parser.object()
        else:
            alias = re.search(r"export type I" + short + r" = (.*?);", text, flags=re.S)
            definitions[name] = Parser(alias.group(1), names, want).union()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": dict(sorted(definitions.items()))}


for file, kinds in KINDS.items():
    with open(file, "w", encoding="utf-8") as out:
        json.dump(build(kinds), out, indent=1, sort_keys=True)
        out.write("\n")
