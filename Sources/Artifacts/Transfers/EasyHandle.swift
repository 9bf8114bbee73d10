import CCurl
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// A libcurl easy handle with what must live as long as it does; it belongs to one thread at a time.
final class EasyHandle {
  let pointer: UnsafeMutableRawPointer
  private let message = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private var headers: UnsafeMutablePointer<curl_slist>?
  /// The request's body; libcurl reads it for as long as the handle lives.
  private let upload: Upload?

  /// A handle that feeds `transfer`, which must outlive its time in a multi handle.
  ///
  /// - Throws: when the file that is the request's body can't be opened.
  init(for transfer: Transfer, settings: TransferSettings) throws {
    upload = try Upload(transfer.request.body)
    guard let pointer = curl_easy_init() else { preconditionFailure("libcurl has no memory for a handle") }
    self.pointer = pointer
    message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    ccurl_set_pointer(pointer, CURLOPT_ERRORBUFFER, message)
    set(transfer.request)
    if let upload { send(upload) }
    set(settings)

    let context = Unmanaged.passUnretained(transfer).toOpaque()
    ccurl_set_pointer(pointer, CURLOPT_PRIVATE, context)
    ccurl_set_pointer(pointer, CURLOPT_HEADERDATA, context)
    ccurl_set_receiver(pointer, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        .receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
      return size * count
    }
    ccurl_set_pointer(pointer, CURLOPT_WRITEDATA, context)
    ccurl_set_receiver(pointer, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      let isTaken = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        .receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
      // Any other number than that of the bytes ends the transfer; for none at all, 0 would not be another.
      return isTaken ? size * count : size * count + 1
    }
  }

  deinit {
    curl_easy_cleanup(pointer)
    curl_slist_free_all(headers)
    message.deallocate()
  }

  private func set(_ request: TransferRequest) {
    var url = request.url
    url.fragment = nil
    url.userInfo = nil
    ccurl_set_string(pointer, CURLOPT_URL, url.description)
    // With it a second request to a server waits until the first connection can say HTTP/2. Without TLS it never says so, and
    // the request would wait for the end of the first.
    ccurl_set_long(pointer, CURLOPT_PIPEWAIT, url.scheme == "https" ? 1 : 0)
    switch request.method {
    case .get: break
    case .head: ccurl_set_long(pointer, CURLOPT_NOBODY, 1)
    case .put, .post, .patch, .delete:
      ccurl_set_string(pointer, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
    }
    if let signature = request.signature { ccurl_set_string(pointer, CURLOPT_AWS_SIGV4, signature) }
    if request.acceptsCompression { ccurl_set_string(pointer, CURLOPT_ACCEPT_ENCODING, "gzip") }
    if let credential = request.credential {
      ccurl_set_string(pointer, CURLOPT_USERNAME, credential.user)
      ccurl_set_string(pointer, CURLOPT_PASSWORD, credential.password)
    }
    if upload != nil {
      // Without these libcurl waits a second for leave to send, and may send in pieces that S3 refuses.
      headers = curl_slist_append(headers, "Expect:")
      headers = curl_slist_append(headers, "Transfer-Encoding:")
    }
    for line in request.headers { headers = curl_slist_append(headers, line) }
    ccurl_set_list(pointer, CURLOPT_HTTPHEADER, headers)
  }

  private func send(_ upload: Upload) {
    let context = Unmanaged.passUnretained(upload).toOpaque()
    ccurl_set_long(pointer, CURLOPT_UPLOAD, 1)
    ccurl_set_offset(pointer, CURLOPT_INFILESIZE_LARGE, curl_off_t(upload.length))
    ccurl_set_pointer(pointer, CURLOPT_READDATA, context)
    ccurl_set_receiver(pointer, CURLOPT_READFUNCTION) { bytes, size, count, context in
      guard let bytes, let context else { return Int(CURL_READFUNC_ABORT) }
      let buffer = UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
      return Unmanaged<Upload>.fromOpaque(context).takeUnretainedValue().read(into: buffer)
        ?? Int(CURL_READFUNC_ABORT)
    }
    ccurl_set_pointer(pointer, CURLOPT_SEEKDATA, context)
    ccurl_set_seeker(pointer, CURLOPT_SEEKFUNCTION) { context, offset, origin in
      guard let context, origin == SEEK_SET else { return CURL_SEEKFUNC_CANTSEEK }
      let isThere = Unmanaged<Upload>.fromOpaque(context).takeUnretainedValue().seek(to: Int64(offset))
      return isThere ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL
    }
  }

  private func set(_ settings: TransferSettings) {
    ccurl_set_string(pointer, CURLOPT_PROTOCOLS_STR, "http,https,file")
    ccurl_set_string(pointer, CURLOPT_USERAGENT, "ppp")
    ccurl_set_long(pointer, CURLOPT_NOSIGNAL, 1)
    ccurl_set_long(pointer, CURLOPT_FOLLOWLOCATION, 0)
    ccurl_set_long(pointer, CURLOPT_BUFFERSIZE, 512 << 10)
    ccurl_set_long(pointer, CURLOPT_CONNECTTIMEOUT_MS, Int(max(1, settings.connectTimeout.milliseconds)))
    if let file = settings.certificates { ccurl_set_string(pointer, CURLOPT_CAINFO, file.string) }
  }
}

extension EasyHandle {
  /// Where a redirect leads, as an absolute URL.
  var redirect: String? { ccurl_get_string(pointer, CURLINFO_REDIRECT_URL).map { String(cString: $0) } }

  var retryAfter: Duration? {
    let seconds = ccurl_get_offset(pointer, CURLINFO_RETRY_AFTER)
    return seconds > 0 ? .seconds(seconds) : nil
  }

  /// The length that the response announced, in bytes.
  var announcedLength: Int64? {
    let length = ccurl_get_offset(pointer, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T)
    return length >= 0 ? Int64(length) : nil
  }

  /// Whether there was a connection to ask over.
  var hasConnected: Bool { ccurl_get_offset(pointer, CURLINFO_PRETRANSFER_TIME_T) > 0 }

  /// What libcurl says about a failure.
  func reason(for code: CURLcode) -> String {
    let text = String(cString: message)
    return text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
  }
}

/// What holds for all transfers of an engine.
struct TransferSettings: Sendable {
  /// How many run at once; the others wait.
  var connections: Int
  var connectTimeout: Duration
  /// How long a transfer may go without a byte once it is connected.
  var stallTimeout: Duration
  var certificates: FilePath?
}

extension Duration {
  var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
