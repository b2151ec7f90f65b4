"""A receiver on spyne, written by hand and not from the WSDL. Prints the port that it listens on."""

from urllib.parse import quote
from wsgiref.simple_server import WSGIRequestHandler, make_server

from spyne import AnyXml, Application, ComplexModel, Fault, ServiceBase, Unicode, rpc
from spyne.protocol.soap import Soap11
from spyne.server.wsgi import WsgiApplication

NT = "http://www.aocat.net/NT/v4.0"
PROVING = ["Estat", "Referencia", "IdNotificacio", "NomComplet", "RaoSocial"]


class RespostaReport(ComplexModel):
    __namespace__ = NT
    Error = Unicode(min_occurs=0)


class Receptor(ServiceBase):
    @rpc(
        AnyXml.customize(sub_ns=NT, sub_name="Report"),
        _returns=RespostaReport.customize(sub_ns=NT),
        _out_variable_name="RespostaReport",
    )
    def clientRequestwithReturn(ctx, _):
        elements = [(e.tag.rpartition("}")[2], e.text or "") for e in ctx.in_document.iter()]
        texts = [text for name, text in elements if name in PROVING]
        ctx.transport.resp_headers["X-Received"] = quote("\n".join(texts), safe="")
        reference = next((text for name, text in elements if name == "Referencia"), "")
        if reference == "FAULT":
            raise Fault("Server", "La base de dades no respon")
        if reference == "CRASH":
            raise RuntimeError("not caught")
        if reference == "REFUSE":
            return RespostaReport(Error="El número 7 no existeix <&>")
        return RespostaReport(Error="" if reference == "EMPTY" else None)


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


if __name__ == "__main__":
    soap = Soap11()
    application = Application([Receptor], "http://www.openuri.org/", in_protocol=soap, out_protocol=Soap11())
    server = make_server("127.0.0.1", 0, WsgiApplication(application), handler_class=Quiet)
    print("port", server.server_port, flush=True)
    server.serve_forever()
