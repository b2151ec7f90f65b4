"""A receiver on Python's standard library alone. Prints the port that it listens on."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote
from xml.etree import ElementTree

NT = "{http://www.aocat.net/NT/v4.0}"
OPENURI = "{http://www.openuri.org/}"
PROVING = ["Estat", "Referencia", "IdNotificacio", "NomComplet", "RaoSocial"]


class Receptor(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        envelope = ElementTree.fromstring(body)
        soap = envelope.tag[: -len("Envelope")]
        content = envelope.find(soap + "Body")[0]
        report = content if content.tag == NT + "Report" else content.find(NT + "Report")
        texts = [e.text or "" for e in report.iter() if e.tag[len(NT) :] in PROVING]
        reference = next((e.text for e in report.iter(NT + "Referencia")), "")
        if reference == "CRASH":
            raise RuntimeError("not caught")
        if reference == "FAULT":
            answer = ElementTree.Element(soap + "Fault")
            ElementTree.SubElement(answer, "faultcode").text = "Server"
            ElementTree.SubElement(answer, "faultstring").text = "La base de dades no respon"
        else:
            response = ElementTree.Element(NT + "RespostaReport")
            if reference in ("REFUSE", "EMPTY"):
                error = ElementTree.SubElement(response, NT + "Error")
                error.text = "El número 7 no existeix <&>" if reference == "REFUSE" else ""
            answer = response
            if content is not report:
                answer = ElementTree.Element(OPENURI + "clientRequestwithReturnResponse")
                answer.append(response)
        root = ElementTree.Element(soap + "Envelope")
        ElementTree.SubElement(root, soap + "Body").append(answer)
        # Latin-1, by declaration alone: what is not in it becomes references.
        self.reply(500 if reference == "FAULT" else 200, ElementTree.tostring(root, "iso-8859-1"), texts)

    def reply(self, status, body, texts):
        self.send_response(status)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Received", quote("\n".join(texts), safe=""))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receptor)
    print("port", server.server_port, flush=True)
    server.serve_forever()
