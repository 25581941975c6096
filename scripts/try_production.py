"""Try the production recipe on this machine: gunicorn and the worker as their units start them, behind nginx with TLS.

python scripts/try_production.py

Everything lies in a temporary folder and listens on free ports of the loopback; it is stopped at the end. What is run
are the files of `deploy/`, with only paths and ports replaced. nginx has to be installed (apt-get install nginx-light).
"""

import configparser
import http.client
import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.visitor import Answer, Visitor  # noqa: E402  # after the path is known

NAME = "key.example.com"
EMAIL, PASSWORD = "admin@kuzey.example", "correct horse battery staple"
LINES = "Müşteri;Tarih;Tutar\n0001 Acme;2024-01-02;100,00\n0002 Birch;2024-02-03;250,50\n"


# The files of deploy/, with paths and ports of a temporary folder ---------------------------------------------------


def replaced(text: str, changes: dict[str, str]) -> str:
    """Replace each text, which has to be there: a recipe that changed would otherwise be tried with old values."""
    for old, new in changes.items():
        if old not in text:
            sys.exit(f"deploy/ no longer says {old!r}")
        text = text.replace(old, new)
    return text


def environment(folder: Path) -> dict[str, str]:
    """The example of the environment file, read as systemd reads it."""
    text = replaced((ROOT / "deploy" / "environment.example").read_text(), {"/var/lib/anahtar": str(folder / "data")})
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    own = {name: value for name, value in os.environ.items() if not name.startswith("ANAHTAR_")}
    given = {name: value for name, value in os.environ.items() if name == "ANAHTAR_DATABASE_URL"}
    return own | dict(line.split("=", 1) for line in lines) | given


def command_of(unit: str, folder: Path) -> list[str]:
    """What a unit starts."""
    parser = configparser.RawConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(ROOT / "deploy" / "systemd" / unit)
    said = parser["Service"]["ExecStart"].replace("/opt/anahtar/.venv/bin", str(Path(sys.executable).parent))
    return shlex.split(said.replace("/run/anahtar", str(folder / "run")))


def nginx_conf(folder: Path, ports: tuple[int, int]) -> Path:
    """The site of deploy/nginx inside a smallest main file."""
    site = replaced(
        (ROOT / "deploy" / "nginx" / "anahtar.conf").read_text(),
        {
            "    listen [::]:80": "    # listen [::]:80",
            "    listen [::]:443": "    # listen [::]:443",
            "listen 80": f"listen 127.0.0.1:{ports[0]}",
            "listen 443": f"listen 127.0.0.1:{ports[1]}",
            "/etc/anahtar/tls/fullchain.pem": str(folder / "cert.pem"),
            "/etc/anahtar/tls/privkey.pem": str(folder / "key.pem"),
            "unix:/run/anahtar/web.sock": f"unix:{folder}/run/web.sock",
            "/opt/anahtar/deploy/nginx/pages": str(ROOT / "deploy" / "nginx" / "pages"),
        },
    )
    (folder / "site.conf").write_text(site)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    main = folder / "nginx.conf"
    main.write_text(
        f"{user} daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx-error.log; events {{}}\n"
        f"http {{ access_log {folder}/nginx-access.log; {temporary} include {folder}/site.conf; }}\n"
    )
    return main


def make_certificate(folder: Path) -> None:
    """A certificate of our own for the name, good for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


# Running ------------------------------------------------------------------------------------------------------------


def free_ports() -> tuple[int, int]:
    """Two ports nobody listens on."""
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


@contextmanager
def running(command: list[str], env: dict[str, str], folder: Path, name: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a program for the time of a block; what it says stands in a log."""
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(command, env=env, stdout=log, stderr=subprocess.STDOUT, cwd=folder)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def until(true: Callable[[], bool], what: str, folder: Path) -> None:
    """Wait, and show the logs where it is in vain."""
    end = time.monotonic() + 120
    while not true():
        if time.monotonic() > end:
            for log in sorted(folder.glob("*.log")):
                print(f"--- {log.name}\n{log.read_text()[-2000:]}")
            sys.exit(f"gave up waiting for {what}")
        time.sleep(0.1)


def ran(arguments: list[str], env: dict[str, str], **options: object) -> str:
    """Run `anahtar-web`, which has to succeed."""
    program = [str(Path(sys.executable).parent / "anahtar-web"), *arguments]
    done = subprocess.run(program, env=env, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]
    if done.returncode:
        sys.exit(f"anahtar-web {' '.join(arguments)}: {done.stdout}{done.stderr}")
    return done.stdout + done.stderr


# What has to hold ---------------------------------------------------------------------------------------------------

FAULTS: list[str] = []


def holds(sentence: str, true: bool, seen: object = "") -> None:
    """Say whether something holds."""
    print(f"{'ok   ' if true else 'FAULT'} {sentence}{'' if true else f': {seen}'}")
    if not true:
        FAULTS.append(sentence)


def check_settings(env: dict[str, str]) -> None:
    """Prepare, and ask Django's checks."""
    ran(["prepare"], env)
    said = ran(["check", "--deploy", "--fail-level", "WARNING"], env)
    holds("check --deploy finds nothing", "no issues (0 silenced)" in said, said)


def check_units() -> None:
    """Let systemd read the units."""
    if shutil.which("systemd-analyze") is None:
        print("skip  units: there is no systemd-analyze here")
        return
    units = sorted(map(str, (ROOT / "deploy" / "systemd").iterdir()))
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    # The programs are not installed where the units look for them.
    rest = [line for line in done.stderr.splitlines() if "/opt/anahtar" not in line and line.strip()]
    holds("systemd-analyze verify has no complaint about the units", not rest, rest)


def check_headers(answer: Answer) -> None:
    """Each header of security once, none that tells a version."""
    holds(
        "HSTS for a year, once",
        answer.all("Strict-Transport-Security") == ["max-age=31536000; includeSubDomains; preload"],
        answer.headers,
    )
    policy = answer.all("Content-Security-Policy")
    holds(
        "one strict content policy",
        len(policy) == 1 and "default-src 'none'" in policy[0] and "unsafe" not in policy[0],
        policy,
    )
    for name, wanted in (
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ):
        holds(f"{name} once", answer.all(name) == [wanted], answer.all(name))
    holds(
        "the server tells no version",
        answer.all("Server") == ["nginx"] and not answer.all("X-Powered-By"),
        answer.all("Server"),
    )


def check_cookies(answer: Answer) -> None:
    """Cookies that no other site and no script gets."""
    cookies = answer.all("Set-Cookie")
    ours = [cookie for cookie in cookies if cookie.startswith(("__Host-sessionid=", "__Host-csrftoken="))]
    holds("cookies are __Host- cookies", bool(ours) and len(ours) == len(cookies), cookies)
    for cookie in ours:
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        wanted = {"secure", "httponly", "path=/", "samesite=lax"}
        holds(
            f"{cookie.split('=')[0]} is Secure, HttpOnly, SameSite=Lax, of no domain",
            wanted <= parts and not any(p.startswith("domain") for p in parts),
            cookie,
        )


def check_plain(port: int) -> None:
    """Nobody stays on plain HTTP."""
    answer = Visitor(port, NAME).get("/accounts/?q=1")
    holds(
        "http is sent on to https",
        (answer.status, answer.one("Location")) == (301, f"https://{NAME}/accounts/?q=1"),
        answer.headers,
    )


def check_static(visitor: Visitor, page: Answer) -> None:
    """Static files as WhiteNoise packed them."""
    (style,) = re.findall(r'href="(/static/style\.[0-9a-f]+\.css)"', page.text) or [""]
    answer = visitor.request("GET", style, headers={"Accept-Encoding": "br, gzip"})
    holds(
        "static files are packed and kept for ever",
        answer.status == 200
        and answer.all("Content-Encoding") == ["br"]
        and "immutable" in answer.one("Cache-Control"),
        (style, answer.status, answer.headers),
    )


def check_people(visitor: Visitor) -> None:
    """Signing in."""
    page = visitor.get("/login/")
    check_headers(page)
    check_cookies(page)
    check_static(visitor, page)
    holds("another name gets no answer", not _answers(Visitor(visitor.port, "evil.example", _trusting_nobody())))
    check_cookies(visitor.sign_in(EMAIL, PASSWORD))
    home = visitor.get("/accounts/")
    holds("somebody signs in over HTTPS", home.status == 200, home.status)
    packed = visitor.request("GET", "/accounts/", headers={"Accept-Encoding": "gzip"})
    holds("pages are packed", packed.all("Content-Encoding") == ["gzip"], packed.headers)


def check_upload(visitor: Visitor, folder: Path) -> None:
    """A file from the browser to the worker."""
    answer = visitor.send("/imports/new/", files={"files": ("satış.csv", LINES.encode())})
    holds("a file is uploaded", answer.status == 302, (answer.status, answer.text[-500:]))
    where = answer.one("Location")
    until(
        lambda: "0001 Acme" in visitor.get(where).text or "Acme" in visitor.get(where).text,
        "the file to be read",
        folder,
    )
    holds("the worker has read it", True)
    large = visitor.request(
        "POST", "/people/invite/", b"x", {"Content-Type": "text/plain", "Content-Length": str(22 << 20)}
    )
    holds(
        "a form that is too large is told so by nginx", large.status == 413 and "too large" in large.text, large.status
    )
    holds("its answer has HSTS, too", len(large.all("Strict-Transport-Security")) == 1, large.headers)


def check_away(visitor: Visitor) -> None:
    """What nginx says while the application is away."""
    away = visitor.get("/accounts/")
    holds(
        "while the application is away nginx says so",
        away.status == 502 and "being restarted" in away.text,
        away.status,
    )
    for name in ("Strict-Transport-Security", "X-Content-Type-Options", "Content-Security-Policy"):
        holds(f"and sends {name} once", len(away.all(name)) == 1, away.headers)


def main() -> int:
    """Try everything; 1 where anything does not hold."""
    with tempfile.TemporaryDirectory(prefix="anahtar-production-") as name, ExitStack() as started:
        folder, ports = Path(name), free_ports()
        (folder / "run").mkdir()
        env = environment(folder)
        make_certificate(folder)
        check_units()
        check_settings(env)
        ran(["setup", "--email", EMAIL, "--name", "Ada"], env, input=f"{PASSWORD}\n")
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        conf = str(nginx_conf(folder, ports))
        started.enter_context(running([nginx, "-c", conf, "-e", f"{folder}/start.log"], env, folder, "nginx"))
        context = ssl.create_default_context(cafile=str(folder / "cert.pem"))
        visitor = Visitor(ports[1], NAME, context)
        with running(command_of("anahtar-worker.service", folder), env, folder, "worker"):
            with running(command_of("anahtar-web.service", folder), env, folder, "web"):
                until(lambda: (folder / "run" / "web.sock").exists(), "gunicorn", folder)
                until(lambda: _answers(visitor), "nginx and gunicorn", folder)
                check_plain(ports[0])
                check_people(visitor)
                check_upload(visitor, folder)
                holds("the doctor finds nothing", "✗" not in ran(["doctor"], env))
            check_away(visitor)
        errors = [line for line in (folder / "web.log").read_text().splitlines() if "Traceback" in line]
        holds("the application's log holds no traceback", not errors, (folder / "web.log").read_text()[-2000:])
    print(f"{len(FAULTS)} faults")
    return 1 if FAULTS else 0


def _answers(visitor: Visitor) -> bool:
    try:
        return visitor.get("/login/").status == 200
    except (OSError, http.client.HTTPException):
        return False


def _trusting_nobody() -> ssl.SSLContext:
    """Take any certificate: it is not the certificate that is to keep a stranger's name out."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


if __name__ == "__main__":
    sys.exit(main())
